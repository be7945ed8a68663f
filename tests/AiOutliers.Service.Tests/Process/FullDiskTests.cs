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

    [Fact]
    public async Task Detect_WhoseStandardOutputIsFull_DoesNotBlameTheFileBeside()
    {
        var rows = Path.Combine(_folder.Path, "rows.csv");
        await File.WriteAllLinesAsync(rows, Enumerable.Range(0, 600).Select(static at =>
            $"{1_700_000_000_000L + at / 2 * 60_000L},{(at % 2 == 0 ? "a" : "b")},{100 + at % 7}").Prepend("timestamp,host,bytes"));

        var run = await RunAsync(
            "exec > /dev/full; ", "detect", rows, "--by", "host", "--format", "csv", "--output", Path.Combine(_folder.Path, "out.csv"));

        run.ExitCode.ShouldBe(ExitCode.BadInput);
        run.Error.ShouldContain("standard output cannot be written");
        run.Error.ShouldNotContain("out.csv");
        Directory.GetFiles(_folder.Path, "out*").ShouldBeEmpty();
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
