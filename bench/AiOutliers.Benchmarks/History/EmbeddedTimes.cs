using static AiOutliers.Benchmarks.History.Figures;

namespace AiOutliers.Benchmarks.History;

/// <summary>One hour at one minute over HTTP, on the embedded engine: asked for the first time, and again a minute later.</summary>
internal static class EmbeddedTimes
{
    private const int WarmUp = 100, Seed = 2;

    public static async Task<IEnumerable<HistoryRow>> MeasureAsync(int repeats)
    {
        await using var service = await AskedService.OnSamplesAsync();
        await AskAllAsync(service, WarmUp, Seed + 1);
        var (first, later) = await AskAllAsync(service, repeats, Seed);
        return
        [
            Row("first question (nothing from memory)", 60, first),
            Row("the same a minute later", 8, later),
        ];
    }

    private static HistoryRow Row(string work, double bar, List<double> times)
    {
        var median = Median(times);
        var measured = Text($"p50 {median:0.0} ms, p95 {Quantile(times, 0.95):0.0} ms, fastest {times.Min():0.0} ms, of {times.Count}");
        return new($"`/calculate`, one hour at one minute, embedded engine: {work}", $"p50 <= {bar} ms", measured, median <= bar);
    }

    private static async Task<(List<double> First, List<double> Later)> AskAllAsync(AskedService service, int questions, int seed)
    {
        List<double> first = [], later = [];
        foreach (var (sensor, from) in SampleHours.Ordinary(seed).Take(questions))
        {
            first.Add((await service.AskAsync(SampleQuestion.Hour(sensor, from), anew: true)).Milliseconds);
            later.Add((await service.AskAsync(SampleQuestion.Hour(sensor, from.AddMinutes(1)))).Milliseconds);
        }
        return (first, later);
    }
}
