using AiOutliers.Tests.Shared;

namespace AiOutliers.Packages.Tests.Rpm;

/// <summary>rpm itself installs, upgrades and removes the package, over a throw-away layer of this machine's files; <c>install.sh</c> says what is expected of each step.</summary>
[Trait("tier", "integration")]
public sealed class InstallationTests(RpmFixture rpm)
{
    private const int NoLayer = 77;

    [Fact]
    public void Package_InstalledUpgradedAndRemoved_KeepsWhatIsTheUsers()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can install packages");
        Tool.Require("unshare", "util-linux");
        using var folder = new TemporaryFolder();
        var result = Tool.Run("unshare", "--mount", "--propagation", "private", Checkout.File("tests/AiOutliers.Packages.Tests/Rpm/install.sh"), folder.Path, rpm.File);

        Assert.SkipWhen(result.ExitCode == NoLayer, "no overlay file system can be mounted here: " + result.Errors);
        result.ExitCode.ShouldBe(0, result.Output + result.Errors);
    }
}
