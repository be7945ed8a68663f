using System.Diagnostics;
using System.Globalization;
using System.Net;
using AiOutliers.Tests.Shared;
using Spectre.Console;

namespace AiOutliers.Load;

/// <summary>Starts the published build, puts each load on it and prints the table of bench/RESULTS.md.</summary>
internal static class LoadReport
{
    private const string Path = "/api/v1/outliers";
    private const string Model = "k2_traffic_trained";

    public static async Task<int> RunAsync(string executable, string models)
    {
        var settings = new Dictionary<string, string> { ["Models__path"] = models, ["Outliers__default_detector"] = "shallow" };
        var deep = Requests.Deep(Model);
        var one = Requests.OneMetric();
        var table = new Table().Border(TableBorder.Markdown).AddColumns("load", "requests", "failed", "p50 ms", "p99 ms", "requests/s");

        var starts = await MeasureStartAsync(executable, settings, one);
        await using var service = await ServiceProcess.StartAsync([executable], settings);
        var failed = 0;

        async Task LoadAsync(string name, int clients, int requests, Func<int, (byte[], HttpStatusCode)> bodyOf)
        {
            await LoadRun.RunAsync(service.Client, Path, clients, requests / 4 + 1, bodyOf);
            var result = await LoadRun.RunAsync(service.Client, Path, clients, requests, bodyOf);
            failed += result.Failed;
            table.AddRow(name, Text(result.Requests), Text(result.Failed), Text(result.P50), Text(result.P99), Text(result.PerSecond));
        }

        await LoadAsync($"deep model, 1,440 x 11 ({deep.Length / 1000} kB), 1 client", 1, 1000, _ => (deep, HttpStatusCode.OK));
        await LoadAsync("the same, 4 clients", 4, 4000, _ => (deep, HttpStatusCode.OK));
        await LoadAsync($"shallow, 1,440 x 1 ({one.Length / 1000} kB), 1 client", 1, 1000, _ => (one, HttpStatusCode.OK));
        service.Client.Dispose();

        table.AddEmptyRow();
        var memory = new List<string>();
        await using var fresh = await ServiceProcess.StartAsync([executable], settings);
        for (var round = 1; round <= 4; round++)
        {
            var result = await LoadRun.RunAsync(fresh.Client, Path, 4, 2500, request => Mixed(request, deep, one));
            failed += result.Failed;
            memory.Add($"{round * 2500:N0}: {Pss(fresh.ProcessId)} MB");
        }

        AnsiConsole.Profile.Width = 140;
        AnsiConsole.Write(table);
        Console.WriteLine($"From process start to the first answer: median of {starts.Length}: {Text(starts[starts.Length / 2])} ms, worst {Text(starts[^1])} ms");
        Console.WriteLine("Memory (PSS) after mixed requests, 4 clients: " + string.Join(", ", memory));
        Console.WriteLine($"Failed requests: {failed}");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>Sorted milliseconds from starting the process to having its first answer.</summary>
    private static async Task<double[]> MeasureStartAsync(string executable, IReadOnlyDictionary<string, string> settings, byte[] form)
    {
        var milliseconds = new double[7];
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

    private static (byte[], HttpStatusCode) Mixed(int request, byte[] deep, byte[] one) => (request % 10) switch
    {
        0 => (Requests.Broken(), HttpStatusCode.InternalServerError),
        < 5 => (deep, HttpStatusCode.OK),
        _ => (one, HttpStatusCode.OK),
    };

    /// <summary>The process' share of the memory in use, in MB (smaps_rollup gives kB).</summary>
    private static int Pss(int processId) => File.ReadLines($"/proc/{processId}/smaps_rollup")
        .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1000)
        .Single();

    private static string Text(double value) => value.ToString(value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
