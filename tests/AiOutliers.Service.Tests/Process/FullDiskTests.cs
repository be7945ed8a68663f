using AiOutliers.Service.Cli;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>
/// A database file that cannot grow, as on a full disk, or not be written at all: the shell limits the size of files that the program
/// writes.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task Run_WhoseDatabaseCannotBeWritten_SaysSo_AndLeavesNothingHalfWritten(int kilobytes)
    {
        (await RunAsync("", "monitors", "apply", "samples/monitors")).ExitCode.ShouldBe(0);

        var failed = await RunAsync($"ulimit -f {kilobytes * 2}; trap '' XFSZ; ", "monitors", "run");

        failed.ExitCode.ShouldBe(ExitCode.Failure, failed.Output + failed.Error);
        failed.Error.ShouldContain($"the database (SQLite {_folder.Path}/x.db) failed");
        (await RunAsync("", "storage", "info")).Output.ShouldContain("runs              0");
        (await RunAsync("", "monitors", "run")).Output.ShouldContain("no-data");
    }

    /// <param name="before">What the shell does before it becomes the program.</param>
    /// <param name="arguments">Command and options.</param>
    private Task<CommandRun> RunAsync(string before, params string[] arguments) => CommandRun.OfAsync(
        ["/bin/sh", "-c", before + "exec \"$0\" \"$@\"", .. ServiceFixture.Command, .. arguments],
        environment: new Dictionary<string, string>
        {
            ["Storage__database"] = $"sqlite:{_folder.Path}/x.db",
            ["Druid__druid_endpoint"] = $"duckdb:{Path.Combine(Golden.Root, "samples")}",
            // The runtime maps its own code through a file in memory, which the limit would hold too.
            ["DOTNET_EnableWriteXorExecute"] = "0",
        });
}
