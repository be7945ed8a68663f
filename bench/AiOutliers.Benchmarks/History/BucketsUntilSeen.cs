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

    /// <summary>Of the top level: nights and weekends of offices are below.</summary>
    private const double Busy = 0.3;

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
        var seen = Enumerable.Range(FirstSeed, seeds).AsParallel().Select(seed => After(seed, injected)).ToArray();
        var buckets = Array.ConvertAll(seen, static one => one.Buckets);
        var measured = Delay(buckets);
        Console.WriteLine($"{injected.Name}: {measured}");
        foreach (var group in seen.ToLookup(static one => one.Level >= Busy, static one => one.Buckets))
            Console.WriteLine(Text($"  {(group.Key ? "at" : "below")} {Busy} of the top level: {Delay(group)}"));
        var met = !(Median(buckets) > injected.Median) && !(Quantile(buckets, 0.95) > injected.Most);
        return new($"14 days before, asked every bucket of 5 min: {injected.Name}: seen after how many", injected.Bar, measured, met);
    }

    private static string Delay(IEnumerable<double> all)
    {
        var buckets = all.ToArray();
        var first = Share(buckets.Count(static bucket => bucket <= 1), buckets.Length);
        return $"median {Bucket(Median(buckets))}, 95 % {Bucket(Quantile(buckets, 0.95))}; "
            + $"in the first {Percent(first)}, never {buckets.Count(double.IsInfinity)} of {buckets.Length}";
    }

    /// <returns>Infinite buckets where it is not seen while it goes on; and the level that it begins at, 1 being the top.</returns>
    private static (double Buckets, double Level) After(int seed, InjectedEvent injected)
    {
        var series = SuiteGenerator.Make(SuiteType.Clean, seed, DaysBefore + 2, StepMinutes);
        var start = DaysBefore * BucketsPerDay + new Random(seed).Next(BucketsPerDay);
        var level = series.Values[start] / Quantile(series.Values, 0.95);
        for (var row = start; row < start + injected.Buckets; row++)
            series.Values[row] = Math.Round(series.Values[row] * injected.Factor);
        var table = SuiteTables.Of(series);
        for (var buckets = 1; buckets <= injected.Buckets; buckets++)
        {
            if (SuiteTables.Marks(table, ..(start + buckets), start..(start + buckets)))
                return (buckets, level);
        }
        return (double.PositiveInfinity, level);
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
