using System.Diagnostics;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests;

/// <summary>What is in the repository is what its sources make.</summary>
public sealed class BundleTests
{
    private static readonly string Folder = Path.Combine(Golden.Root, "src", "AiOutliers.Service", "Console", "Assets");

    [Fact]
    public async Task Bundle_BuiltAnew_IsTheCommittedOne()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules")), "no node_modules: scripts/assets.sh installs what the bundle is made with");
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("node", ["build.mjs", folder.Path]) { WorkingDirectory = Folder };
        using var node = Process.Start(start)!;
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0);
        foreach (var file in new[] { "console.js", "style.css" })
        {
            var (built, committed) = (Path.Combine(folder.Path, file), Path.Combine(Folder, "dist", file));
            File.ReadAllText(built).Equals(File.ReadAllText(committed)).ShouldBeTrue($"{file} is older than its sources: scripts/assets.sh builds it");
        }
    }
}
