using AiOutliers.Tests.Shared;
using Spectre.Console;

namespace AiOutliers.Load.Hostile;

/// <summary>Puts greedy clients on the published build, a healthy one beside them, and prints the table of bench/RESULTS.md.</summary>
internal static class GreedyReport
{
    /// <param name="executable">The published program.</param>
    /// <param name="settings">Its configuration.</param>
    /// <param name="kinds">Which of the attacks; all by default.</param>
    public static async Task<int> RunAsync(string executable, Dictionary<string, string> settings, IReadOnlyList<string> kinds)
    {
        await using var service = await ServiceProcess.StartAsync([executable], settings);
        using var healthy = new HealthyClient(service.Address);
        using var warm = new HealthyClient(service.Address);
        await warm.AskAsync(100);
        var before = Memory.PssOf(service.Id);
        using var attackers = new Attackers(service.Address);
        using var stop = new CancellationTokenSource();
        var memory = PeakAsync(service.Id, stop.Token);
        var attacks = Task.WhenAll(kinds.Select(kind => Task.Run(attackers.Kinds[kind])));
        await Task.Delay(TimeSpan.FromSeconds(2));
        await healthy.AskAsync(100);
        await attacks.WaitAsync(TimeSpan.FromMinutes(5));
        await Task.Delay(TimeSpan.FromSeconds(20));
        await stop.CancelAsync();
        var peak = await memory;
        var table = new Table().Border(TableBorder.Markdown).AddColumns("work", "bar", "measured");
        table.AddRow(
            $"{string.Join(", ", kinds)}, each kind from one address: a healthy client on another", "100 of 100, p99 <= 200 ms",
            healthy.Figures);
        table.AddRow("memory (PSS) meanwhile", "<= 400 MB", $"{peak} MB at most, {before} MB before");
        AnsiConsole.Profile.Width = 220;
        AnsiConsole.Write(table);
        var isMet = !service.HasExited && healthy.Failed == 0 && healthy.Percentile(0.99) <= 200 && peak <= 400;
        return isMet ? 0 : 1;
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
}
