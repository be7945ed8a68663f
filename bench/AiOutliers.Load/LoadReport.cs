using System.Diagnostics;
using System.Globalization;
using System.Net;
using AiOutliers.Tests.Shared;
using Spectre.Console;

namespace AiOutliers.Load;

/// <summary>Starts the published build, puts each load on it and prints the table of bench/RESULTS.md.</summary>
internal static class LoadReport
{
    public const string Path = "/api/v1/outliers", Model = "k2_traffic_trained";

    private const int Starts = 7;

    /// <summary>Compilation has its final form after about a thousand requests.</summary>
    private const int WarmUpSeconds = 6, Seconds = 8;

    public static async Task<int> RunAsync(string executable, string models)
    {
        var settings = new Dictionary<string, string> { ["Models__path"] = models, ["Outliers__default_detector"] = "shallow" };
        var deep = Requests.Deep(Model);
        var one = Requests.OneMetric();
        var table = new Table().Border(TableBorder.Markdown).AddColumns("work", "bar", "measured");

        var starts = await MeasureStartAsync(executable, settings, one, Starts);
        var service = await ServiceProcess.StartAsync([executable], settings);
        var failed = 0;

        async Task LoadAsync(string work, string bar, int clients, byte[] form)
        {
            var url = new Uri(service.Client.BaseAddress!, Path);
            await Wrk.RunAsync(url, form, clients, WarmUpSeconds);
            var result = await Wrk.RunAsync(url, form, clients, Seconds);
            failed += result.Failed;
            table.AddRow(work, bar, $"p50 {Text(result.P50)} ms, p99 {Text(result.P99)} ms, {Text(result.PerSecond)}/s");
        }

        await LoadAsync($"deep model, 1,440 x 11 ({deep.Length / 1000} kB), one client", "p50 <= 6 ms", 1, deep);
        await LoadAsync("the same, four clients", ">= 280/s, p99 <= 40 ms", 4, deep);
        await LoadAsync($"shallow, 1,440 x 1 ({one.Length / 1000} kB), one client", "p50 <= 5 ms", 1, one);
        await service.DisposeAsync();
        service = await ServiceProcess.StartAsync(
            [executable], new Dictionary<string, string> { ["Outliers__default_detector"] = "seasonal-scan" });
        await LoadAsync("the same, seasonal-scan", "p50 <= 2.5 ms", 1, one);
        await service.DisposeAsync();

        var memory = new List<string>();
        await using var fresh = await ServiceProcess.StartAsync([executable], settings);
        for (var round = 1; round <= 4; round++)
        {
            failed += await LoadRun.CountFailedAsync(fresh.Client, Path, 4, 2500, request => Mixed(request, deep, one));
            memory.Add(string.Create(CultureInfo.InvariantCulture, $"{Memory.PssOf(fresh.Id)} after {round * 2500:N0}"));
        }
        table.AddRow("process start to the first answer", "<= 600 ms",
            $"median of {starts.Length}: {Text(starts[starts.Length / 2])} ms, worst {Text(starts[^1])} ms");
        table.AddRow("memory (PSS), mixed requests, four clients", "<= 200 MB, flat", "MB: " + string.Join(", ", memory));
        var training = await TrainingTime.MeasureAsync(executable, models, Model);
        table.AddRow("train: 20 epochs over a day at eight granularities, as a process", "<= 1.5 s",
            $"median of {training.Length}: {Text(training[training.Length / 2])} s, worst {Text(training[^1])} s");
        table.AddRow("failed requests of all", "0", Text(failed));

        AnsiConsole.Profile.Width = 180;
        AnsiConsole.Write(table);
        return failed == 0 ? 0 : 1;
    }

    /// <summary>Sorted milliseconds from starting the process to having its first answer.</summary>
    public static async Task<double[]> MeasureStartAsync(
        string executable, IReadOnlyDictionary<string, string> settings, byte[] form, int runs)
    {
        var milliseconds = new double[runs];
        for (var run = 0; run < milliseconds.Length; run++)
        {
            var started = Stopwatch.GetTimestamp();
            await using var service = await ServiceProcess.StartAsync([executable], settings);
            if (!await LoadRun.PostAsync(service.Client, Path, form, HttpStatusCode.OK))
                throw new InvalidOperationException("The service does not answer:\n" + service.Log);
            milliseconds[run] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        Array.Sort(milliseconds);
        return milliseconds;
    }

    public static (byte[], HttpStatusCode) Mixed(int request, byte[] deep, byte[] one) => (request % 10) switch
    {
        0 => (Requests.Broken(), HttpStatusCode.InternalServerError),
        < 5 => (deep, HttpStatusCode.OK),
        _ => (one, HttpStatusCode.OK),
    };

    private static string Text(double value) =>
        value.ToString(value < 3 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
