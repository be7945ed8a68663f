using System.Diagnostics;
using System.Globalization;
using AiOutliers.Tests.Shared;
using Spectre.Console;

namespace AiOutliers.Load.Hostile;

/// <summary>Puts hostile clients on the published build, a healthy one beside them, and prints the table of bench/RESULTS.md.</summary>
internal static class HostileReport
{
    private const string Healthy = "127.0.0.9";

    /// <param name="executable">The published program.</param>
    /// <param name="models">A model folder.</param>
    /// <param name="samples">The data of the embedded engine.</param>
    /// <param name="requests">How many mutated requests.</param>
    public static async Task<int> RunAsync(string executable, string models, string samples, int requests)
    {
        var settings = new Dictionary<string, string>
        {
            ["Models__path"] = models,
            ["Druid__druid_endpoint"] = "duckdb:" + samples,
            // What is kept in memory by intent is not what this looks for.
            ["Outliers__history_cache_megabytes"] = "32",
        };
        var table = new Table().Border(TableBorder.Markdown).AddColumns("work", "bar", "measured");
        var isMet = await MutatedAsync(executable, settings, requests, table);
        isMet &= await AttackedAsync(executable, settings, table);
        AnsiConsole.Profile.Width = 220;
        AnsiConsole.Write(table);
        return isMet ? 0 : 1;
    }

    private static async Task<bool> MutatedAsync(string executable, Dictionary<string, string> settings, int requests, Table table)
    {
        await using var service = await ServiceProcess.StartAsync([executable], settings);
        using var healthy = new HealthyClient(service.Address, Healthy);
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
        table.AddRow(
            $"{requests:N0} mutated requests, eight clients, {seconds:0} s", "0 crashes, 0 answers of neither contract nor HTTP",
            $"{(service.HasExited ? 1 : 0)} crashes, {complaints.Count} such answers, {run.Unexpected} unexpected failures in the log");
        table.AddRow("memory (PSS) meanwhile", "<= 250 MB, flat", $"MB after each quarter: {string.Join(", ", run.Memory)}");
        table.AddRow("a healthy client meanwhile", "p99 <= 300 ms", Figures(healthy));
        return !service.HasExited && complaints.Count == 0 && run.Unexpected == 0 && run.Memory.Max() <= 250
            && healthy.Failed == 0 && healthy.Percentile(0.99) <= 300;
    }

    private static async Task<bool> AttackedAsync(string executable, Dictionary<string, string> settings, Table table)
    {
        await using var service = await ServiceProcess.StartAsync([executable], settings);
        using var healthy = new HealthyClient(service.Address, Healthy);
        using var warm = new HealthyClient(service.Address, Healthy);
        await warm.AskAsync(100);
        using var attackers = new Attackers(service.Address);
        using var stop = new CancellationTokenSource();
        var memory = PeakAsync(service.ProcessId, stop.Token);
        var attacks = Task.WhenAll(
            Task.Run(attackers.AskEndlesslyAsync), Task.Run(attackers.AreSlowAsync),
            Task.Run(attackers.DoNotReadAsync), Task.Run(attackers.AreSilentAsync));
        await Task.Delay(TimeSpan.FromSeconds(2));
        await healthy.AskAsync(100);
        await attacks.WaitAsync(TimeSpan.FromMinutes(5));
        await Task.Delay(TimeSpan.FromSeconds(20));
        await stop.CancelAsync();
        var peak = await memory;
        table.AddRow(
            "500 clients that do not read, 8,192 silent, 200 slow bodies, two endless queries, each kind from one address: "
                + "a healthy client on another",
            "100 of 100, p99 <= 200 ms", Figures(healthy));
        table.AddRow("memory (PSS) meanwhile", "<= 400 MB", $"{peak} MB at most");
        return !service.HasExited && healthy.Failed == 0 && healthy.Percentile(0.99) <= 200 && peak <= 400;
    }

    private static async Task<int> PeakAsync(int process, CancellationToken stop)
    {
        for (var peak = 0; ; peak = Math.Max(peak, Memory.PssOf(process)))
        {
            await Task.Delay(500, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                return peak;
        }
    }

    private static string Figures(HealthyClient client) => string.Create(CultureInfo.InvariantCulture,
        $"{client.Asked - client.Failed} of {client.Asked} answered, "
            + $"p50 {client.Percentile(0.5):0.0} ms, p99 {client.Percentile(0.99):0} ms");
}
