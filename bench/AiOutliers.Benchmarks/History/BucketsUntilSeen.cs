using AiOutliers.Samples.Suite;
using static AiOutliers.Benchmarks.History.Figures;

namespace AiOutliers.Benchmarks.History;

/// <summary>
/// After how many buckets an event is seen that goes on while it is asked about: at the end of every bucket from its start on, with 14
/// days and some hours before it. Clean series of the suite at 5 minutes, whose values are multiplied from a drawn bucket of the 15th day
/// on. Seen is the first bucket at whose end one of the event's rows is marked.
/// </summary>
internal static class BucketsUntilSeen
{
    private const int FirstSeed = 61_000;
    private const int StepMinutes = 5, BucketsPerDay = 1440 / StepMinutes, DaysBefore = 14;

    private static readonly InjectedEvent[] Events =
    [
        new("flood x 3, 1 hour", 3, 12, 1, 3),
        new("outage (1 % left), 1 hour", 0.01, 12, 1, 3),
        new("spike x 2, 15 minutes", 2, 3, 2, null),
        new("shift x 1.5, 12 hours", 1.5, 144, null, null),
    ];

    public static IEnumerable<HistoryRow> Measure(int seeds) => [.. Events.Select(injected => Measure(injected, seeds))];

    private static HistoryRow Measure(InjectedEvent injected, int seeds)
    {
        var buckets = Enumerable.Range(FirstSeed, seeds).AsParallel().Select(seed => After(seed, injected)).ToArray();
        var (median, most) = (Median(buckets), Quantile(buckets, 0.95));
        var never = buckets.Count(double.IsInfinity);
        var first = Share(buckets.Count(static bucket => bucket <= 1), seeds);
        var measured = $"median {Bucket(median)}, 95 % {Bucket(most)}; in the first {Percent(first)}, never {never} of {seeds}";
        Console.WriteLine($"{injected.Name}: {measured}");
        var met = !(median > injected.Median) && !(most > injected.Most);
        return new($"14 days before, asked every bucket of 5 min: {injected.Name}: seen after how many", injected.Bar, measured, met);
    }

    /// <returns>Infinity where it is not seen while it goes on.</returns>
    private static double After(int seed, InjectedEvent injected)
    {
        var series = SuiteGenerator.Make(SuiteType.Clean, seed, DaysBefore + 2, StepMinutes);
        var start = DaysBefore * BucketsPerDay + new Random(seed).Next(BucketsPerDay);
        for (var row = start; row < start + injected.Buckets; row++)
            series.Values[row] = Math.Round(series.Values[row] * injected.Factor);
        var table = SuiteTables.Of(series);
        for (var buckets = 1; buckets <= injected.Buckets; buckets++)
        {
            if (SuiteTables.Marks(table, ..(start + buckets), start..(start + buckets)))
                return buckets;
        }
        return double.PositiveInfinity;
    }

    private static string Bucket(double buckets) => double.IsInfinity(buckets) ? "not while it goes on" : Text($"{buckets:0}");

    /// <param name="Factor">What every value of it is multiplied by.</param>
    /// <param name="Median">The bar in the median; null where it is only reported.</param>
    /// <param name="Most">The bar in 95 %.</param>
    private sealed record InjectedEvent(string Name, double Factor, int Buckets, int? Median, int? Most)
    {
        public string Bar => (Median is null ? "reported" : $"<= {Median} in the median") + (Most is null ? "" : $", <= {Most} in 95 %");
    }
}
