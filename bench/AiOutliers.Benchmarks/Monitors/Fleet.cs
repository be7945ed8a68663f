using AiOutliers.Detection.Series;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>Entities of the generator: the types of disturbance in turn, each with a seed of its own. All begin at one time.</summary>
internal static class Fleet
{
    public const int StepMinutes = 5, PerDay = 1440 / StepMinutes, HistoryDays = 14;
    public const long Step = StepMinutes * 60_000;

    /// <summary>A Monday.</summary>
    public static readonly long Start = new DateTimeOffset(2024, 9, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static readonly SuiteType[] Types = Enum.GetValues<SuiteType>();

    public static SuiteSeries Make(int seed, int days) => Make(Types[seed % Types.Length], seed, days);

    public static SuiteSeries Clean(int seed, int days) => Make(SuiteType.Clean, seed, days);

    /// <summary>
    /// The generator begins in any hour of a week: what is before its next Monday is cut off, so that weekends stay weekends.
    /// </summary>
    public static SuiteSeries Make(SuiteType type, int seed, int days)
    {
        var series = SuiteGenerator.Make(type, seed, days + 7, StepMinutes);
        var week = 7 * 86_400_000L;
        var cut = (int)((week - (series.Start.ToUnixTimeMilliseconds() - Start) % week) % week / Step);
        return series with
        {
            Values = series.Values[cut..(cut + days * PerDay)],
            Disturbances = [.. series.Disturbances.Select(one => one with { Start = one.Start - cut, End = one.End - cut })],
        };
    }

    public static MetricTable Table(ReadOnlySpan<double> values, int first, string metric = "bytes")
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf(metric);
        builder.Expect(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
                continue;
            builder.AddRow(Start + (first + i) * Step, null);
            builder.Set(column, values[i]);
        }
        return builder.Build();
    }
}
