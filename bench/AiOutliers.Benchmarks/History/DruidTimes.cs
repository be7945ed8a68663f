using System.Diagnostics;
using System.Net;
using System.Text;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using static AiOutliers.Benchmarks.History.Figures;

namespace AiOutliers.Benchmarks.History;

/// <summary>
/// One hour at one minute over HTTP, on a real Druid, beside Druid's own time in the same run: it is asked directly what the service asks
/// it, its answer read whole and not parsed. The four questions take turns.
/// </summary>
internal static class DruidTimes
{
    private const double Bar = 1.3;
    private const int WarmUp = 60, Seed = 3;

    private static readonly TimeSpan History = TimeSpan.FromDays(14);

    public static async Task<IEnumerable<HistoryRow>> MeasureAsync(RealDruid druid, int repeats)
    {
        const string Work = "`/calculate`, one hour at one minute, a real Druid, beside its own time for the";
        if (druid.Missing is { } reason)
            return [new($"{Work} long · the short query", Text($"<= {Bar} x each"), reason)];
        var endpoint = await druid.EndpointAsync();
        await using var service = await AskedService.OnAsync(endpoint.AbsoluteUri);
        using var packed = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip };
        using var direct = new HttpClient(packed) { BaseAddress = endpoint };
        await AskAllAsync(service, direct, WarmUp, Seed + 1);
        var times = await AskAllAsync(service, direct, repeats, Seed);
        return
        [
            Row($"{Work} long query: first question", times.First, times.Long),
            Row($"{Work} short query: the same a minute later", times.Later, times.Short),
        ];
    }

    private static HistoryRow Row(string work, List<double> service, List<double> druid)
    {
        var ratio = Median(service) / Median(druid);
        var measured = Text($"{ratio:0.00} x: p50 {Median(service):0.0} ms, Druid {Median(druid):0.0} ms, of {service.Count}");
        return new(work, Text($"<= {Bar} x"), measured, ratio <= Bar);
    }

    private static async Task<Times> AskAllAsync(AskedService service, HttpClient direct, int questions, int seed)
    {
        var times = new Times([], [], [], []);
        foreach (var (sensor, from) in SampleHours.Ordinary(seed).Take(questions))
        {
            var (first, later) = (SampleQuestion.Hour(sensor, from), SampleQuestion.Hour(sensor, from.AddMinutes(1)));
            times.Long.Add(await AskDruidAsync(direct, first, History));
            times.First.Add((await service.AskAsync(first, anew: true)).Milliseconds);
            times.Short.Add(await AskDruidAsync(direct, later, TimeSpan.Zero));
            times.Later.Add((await service.AskAsync(later)).Milliseconds);
        }
        return times;
    }

    private static async Task<double> AskDruidAsync(HttpClient direct, string query, TimeSpan history)
    {
        var asked = BucketedQuery.Of(DruidQuery.Parse(Encoding.UTF8.GetBytes(query)))!;
        var begin = asked.Before(history, int.MaxValue);
        // The service leaves a third of the time limit to a query with history.
        using var body = new ByteArrayContent(asked.StartingAt(begin, begin < asked.From ? asked.TimeLimit / 3 : null).ToUtf8Json());
        body.Headers.ContentType = new("application/json");
        var started = Stopwatch.GetTimestamp();
        using var response = await direct.PostAsync("", body);
        await response.Content.ReadAsByteArrayAsync();
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        response.EnsureSuccessStatusCode();
        return milliseconds;
    }

    private sealed record Times(List<double> Long, List<double> First, List<double> Short, List<double> Later);
}
