using System.Diagnostics;
using AiOutliers.Tests.Shared;
using Spectre.Console;

namespace AiOutliers.Load.Hostile;

/// <summary>Puts mutated requests on the published build, a healthy client beside them, and prints the table of bench/RESULTS.md.</summary>
internal static class HostileReport
{
    /// <param name="executable">The published program.</param>
    /// <param name="settings">Its configuration.</param>
    /// <param name="requests">How many mutated requests.</param>
    public static async Task<int> RunAsync(string executable, Dictionary<string, string> settings, int requests)
    {
        await using var service = await ServiceProcess.StartAsync([executable], settings);
        using var healthy = new HealthyClient(service.Address);
        using var stop = new CancellationTokenSource();
        var asking = healthy.AskAsync(stop.Token);
        var started = Stopwatch.GetTimestamp();
        var run = new MutatedRun(service);
        var complaints = await run.RunAsync(requests);
        await stop.CancelAsync();
        await asking;
        foreach (var complaint in complaints.Take(20))
            AnsiConsole.WriteLine(complaint);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var table = new Table().Border(TableBorder.Markdown).AddColumns("work", "bar", "measured");
        table.AddRow(
            $"{requests:N0} mutated requests, eight clients, {seconds:0} s", "0 crashes, 0 answers of neither contract nor HTTP",
            $"{(service.HasExited ? 1 : 0)} crashes, {complaints.Count} such answers, {run.Unexpected} unexpected failures in the log");
        table.AddRow("memory (PSS) meanwhile", "<= 250 MB, flat", $"MB after each quarter: {string.Join(", ", run.Memory)}");
        table.AddRow("a healthy client meanwhile", "p99 <= 300 ms", healthy.Figures);
        AnsiConsole.Profile.Width = 220;
        AnsiConsole.Write(table);
        var isMet = !service.HasExited && complaints.Count == 0 && run.Unexpected == 0 && run.Memory.Max() <= 250
            && healthy.Failed == 0 && healthy.Percentile(0.99) <= 300;
        return isMet ? 0 : 1;
    }
}
