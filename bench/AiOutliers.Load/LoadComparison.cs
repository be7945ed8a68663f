using System.Globalization;
using AiOutliers.Tests.Shared;
using Spectre.Console;

namespace AiOutliers.Load;

/// <summary>
/// Puts the loads of version 1 on two published builds, in turn, so that both meet the same minutes of the machine, and prints the best of
/// each with their ratio. What other programs do to a run makes it slower and never faster: the best tells the build.
/// </summary>
internal sealed class LoadComparison(string models, int rounds)
{
    private const int WarmUpSeconds = 5, Seconds = 6, Starts = 5, Mixed = 5000;

    private readonly SortedDictionary<string, (List<double> Old, List<double> New)> _measured = new(StringComparer.Ordinal);

    /// <returns>0 where no row is slower than the old build by more than a tenth.</returns>
    public async Task<int> RunAsync(string old, string current)
    {
        for (var round = 0; round < rounds; round++)
        {
            // Who comes first changes: a machine that gets slower by the minute would favour it.
            await MeasureAsync(round % 2 == 0 ? old : current, isOld: round % 2 == 0);
            await MeasureAsync(round % 2 == 0 ? current : old, isOld: round % 2 != 0);
        }
        var table = new Table().Border(TableBorder.Markdown).AddColumns("work", "old", "new", "new / old");
        foreach (var (work, (before, now)) in _measured)
            table.AddRow(work, Text(before.Min()), Text(now.Min()), Text(now.Min() / before.Min()));
        AnsiConsole.Profile.Width = 180;
        AnsiConsole.Write(table);
        return _measured.Values.All(static own => own.New.Min() <= 1.1 * own.Old.Min()) ? 0 : 1;
    }

    private async Task MeasureAsync(string executable, bool isOld)
    {
        void Add(string work, double value)
        {
            if (!_measured.TryGetValue(work, out var known))
                _measured[work] = known = ([], []);
            (isOld ? known.Old : known.New).Add(value);
        }

        var (deep, one) = (Requests.Deep(LoadReport.Model), Requests.OneMetric());
        foreach (var milliseconds in await LoadReport.MeasureStartAsync(executable, Settings("shallow"), one, Starts))
            Add("start to the first answer, ms", milliseconds);
        await using (var service = await ServiceProcess.StartAsync([executable], Settings("shallow")))
        {
            Add("deep model, one client, p50 ms", (await LoadAsync(service, deep, 1)).P50);
            Add("deep model, four clients, ms a request", 1000 / (await LoadAsync(service, deep, 4)).PerSecond);
            Add("shallow, one client, p50 ms", (await LoadAsync(service, one, 1)).P50);
        }
        await using (var service = await ServiceProcess.StartAsync([executable], Settings("seasonal-scan")))
            Add("seasonal-scan, one client, p50 ms", (await LoadAsync(service, one, 1)).P50);
        await using (var service = await ServiceProcess.StartAsync([executable], Settings("shallow")))
        {
            var failed = await LoadRun.CountFailedAsync(
                service.Client, LoadReport.Path, 4, Mixed, request => LoadReport.Mixed(request, deep, one));
            if (failed > 0)
                throw new InvalidOperationException($"{failed} requests failed:\n{service.Log}");
            Add($"memory (PSS) after {Mixed} mixed requests, MB", Memory.PssOf(service.Id));
        }
        foreach (var seconds in await TrainingTime.MeasureAsync(executable, models, LoadReport.Model))
            Add("train, s", seconds);
    }

    private Dictionary<string, string> Settings(string detector) =>
        new() { ["Models__path"] = models, ["Outliers__default_detector"] = detector };

    private static async Task<WrkResult> LoadAsync(ServiceProcess service, byte[] form, int clients)
    {
        var url = new Uri(service.Address, LoadReport.Path);
        await Wrk.RunAsync(url, form, clients, WarmUpSeconds);
        var result = await Wrk.RunAsync(url, form, clients, Seconds);
        return result.Failed == 0 ? result : throw new InvalidOperationException($"{result.Failed} requests failed:\n{service.Log}");
    }

    private static string Text(double value) => value.ToString(value < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
