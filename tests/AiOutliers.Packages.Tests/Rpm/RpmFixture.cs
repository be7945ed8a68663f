using AiOutliers.Tests.Shared;

[assembly: AssemblyFixture(typeof(AiOutliers.Packages.Tests.Rpm.RpmFixture))]

namespace AiOutliers.Packages.Tests.Rpm;

/// <summary>The RPM that <c>scripts/package.sh</c> built, unpacked when first asked for.</summary>
public sealed class RpmFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _root;

    public RpmFixture() => _root = new(Unpack);

    /// <summary>The package; skips the test when there is none.</summary>
    internal string File
    {
        get
        {
            Tool.Require("rpmbuild", "rpm");
            var folder = Checkout.File("artifacts/rpm");
            var file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.rpm").SingleOrDefault() : null;
            Assert.SkipWhen(file is null, "no RPM: scripts/package.sh builds it");
            return file;
        }
    }

    /// <summary>The folder that stands for / in the unpacked package.</summary>
    internal string Root
    {
        get
        {
            _ = File;
            Tool.Require("cpio", "cpio");
            return _root.Value;
        }
    }

    internal string Executable => Path.Combine(Root, "opt/rb-aioutliers/bin/rb-aioutliers");

    /// <summary>Asks the package for one of its tags, e.g. <c>%{VERSION}</c>.</summary>
    internal string Query(params IReadOnlyList<string> arguments) => Tool.Run("rpm", ["-qp", .. arguments, File]).Succeeded();

    public void Dispose() => _folder.Dispose();

    private string Unpack()
    {
        Tool.Run("/bin/sh", ["-ec", "rpm2cpio \"$1\" > \"$2/payload\"; cd \"$2\"; mkdir root; cd root; cpio -idm --quiet < ../payload; rm ../payload", "sh", File, _folder.Path]).Succeeded();
        return Path.Combine(_folder.Path, "root");
    }
}
