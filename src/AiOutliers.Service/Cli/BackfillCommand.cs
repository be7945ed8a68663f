using System.CommandLine;
using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Service.Cli;

/// <summary><c>monitors backfill</c>: judges past windows that no run has judged; incidents are kept, alerts are not sent.</summary>
internal static class BackfillCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The monitor." };
        var from = CommandTimes.Argument("FROM", "The begin, such as 2024-09-20 or 2024-09-20T12:00Z.");
        var to = CommandTimes.Argument("TO", "The end; windows that the monitor will judge anyway are left to it.");
        return MonitoringCommand.Judging(
            "backfill", "Judge past windows that were not judged; alerts are not sent.",
            (parsed, runtime, data, cancellation) => PrintAsync(runtime.BackfillAsync(
                parsed.GetValue(name)!, parsed.GetValue(from), parsed.GetValue(to), data.Analyzer, data.Source, cancellation)),
            name, from, to);
    }

    private static async Task<int> PrintAsync(IAsyncEnumerable<StoredRun> runs)
    {
        var (windows, incidents) = (0, 0L);
        await foreach (var run in runs)
        {
            if (run.State == RunStates.Failed)
                throw new AiOutliersException(ErrorKind.SourceFailed, $"{Words(run)}: {run.Reason}");
            System.Console.WriteLine($"{Words(run)}: {run.State}, {run.Judged} judged, {Counted.Of(run.Incidents, "incident")} changed");
            (windows, incidents) = (windows + 1, incidents + run.Incidents);
        }
        System.Console.WriteLine(windows == 0
            ? "Nothing to do: these windows are judged already, or the monitor will judge them."
            : $"{Counted.Of(windows, "window")} judged, {Counted.Of(incidents, "incident")} changed, no alerts sent");
        return ExitCode.Success;
    }

    private static string Words(StoredRun run) => $"{Time(run.WindowFrom)} to {Time(run.WindowTo)} UTC";

    private static string Time(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
