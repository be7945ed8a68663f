using System.Collections.Concurrent;
using System.Diagnostics;
using AiOutliers.Tests.Shared;
using Spectre.Console;

namespace AiOutliers.Load.Hostile.VersionTwo;

/// <summary>Sends mutated requests of version 2 to the published build and prints their row of bench/RESULTS.md.</summary>
internal sealed class JsonReport(ServiceProcess service)
{
    private const int Clients = 8, MostShown = 20;

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly List<MemorySample> _memory = [];
    private int _next = -1;

    /// <param name="executable">The published program.</param>
    /// <param name="samples">The data of the embedded engine.</param>
    /// <param name="first">The number of the first request: one that broke something can be made again.</param>
    /// <param name="requests">How many.</param>
    /// <param name="parts">After how many equal parts the memory is looked at.</param>
    public static async Task<int> RunAsync(string executable, string samples, int first, int requests, int parts)
    {
        var folder = Directory.CreateTempSubdirectory("aioutliers-hostile-");
        try
        {
            await using var service = await ServiceProcess.StartAsync([executable], new Dictionary<string, string>
            {
                ["Druid__druid_endpoint"] = "duckdb:" + samples,
                ["Security__requests_per_minute"] = "0",
                ["Storage__database"] = $"sqlite:{folder.FullName}/x.db",
                // What is kept in memory by intent is not what this looks for.
                ["Outliers__history_cache_megabytes"] = "32",
            });
            return await new JsonReport(service).RunAsync(first, requests, parts);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<int> RunAsync(int first, int requests, int parts)
    {
        var started = Stopwatch.GetTimestamp();
        _next = first - 1;
        for (var part = 1; part <= parts; part++)
        {
            var until = first + (int)((long)requests * part / parts);
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => SendAsync(until))));
            _next = until - 1;
            if (service.HasExited)
                break;
            _memory.Add(await MemorySample.TakeAsync(service, until - first));
            AnsiConsole.WriteLine(_memory[^1].ToString());
        }
        // Of one kind a few are enough.
        foreach (var complaint in _complaints.GroupBy(KindOf).SelectMany(static kind => kind.Take(3)).Take(MostShown))
            AnsiConsole.WriteLine(complaint.Length > 500 ? complaint[..500] : complaint);
        var unexpected = service.Log.Split("Unexpected failure").Length - 1;
        var statuses = string.Join(", ", _statuses.OrderBy(static own => own.Key).Select(static own => $"{own.Key}: {own.Value:N0}"));
        var table = new Table().Border(TableBorder.Markdown).AddColumns("work", "bar", "measured");
        table.AddRow(
            $"{requests:N0} mutated requests of version 2, eight clients, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s",
            "0 crashes, 0 answers that are not JSON",
            $"{(service.HasExited ? 1 : 0)} crashes, {_complaints.Count} such answers, "
                + $"{unexpected} unexpected failures in the log ({statuses})");
        var memory = string.Join(", ", _memory.Select(static one => $"{one.Kinds.All:0}"));
        table.AddRow("memory (PSS) meanwhile", "flat", "MB after each part: " + memory);
        AnsiConsole.Profile.Width = 220;
        AnsiConsole.Write(table);
        if (unexpected > 0)
            AnsiConsole.WriteLine(service.Log[service.Log.IndexOf("Unexpected failure", StringComparison.Ordinal)..][..3000]);
        return service.HasExited || !_complaints.IsEmpty || unexpected > 0 ? 1 : 0;
    }

    private static string KindOf(string complaint)
    {
        var words = complaint[(complaint.IndexOf(':') + 1)..];
        return words[..Math.Min(words.Length, 60)];
    }

    private async Task SendAsync(int until)
    {
        using var client = new RawClient(service.Address, "127.0.0.1");
        while (!service.HasExited && Interlocked.Increment(ref _next) is var number && number < until)
        {
            try
            {
                var answer = await client.AskAsync(JsonRequests.Make(number, out _));
                _statuses.AddOrUpdate(answer?.Status ?? 0, 1, static (_, count) => count + 1);
                if (JsonCheck.Complaint(answer) is { } complaint)
                    _complaints.Enqueue($"request {number}: {complaint}");
            }
            catch (OperationCanceledException)
            {
                _complaints.Enqueue($"request {number}: no answer within the time");
            }
        }
    }
}
