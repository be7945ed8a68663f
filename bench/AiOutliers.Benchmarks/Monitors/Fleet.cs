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

    public static SuiteSeries Make(int seed, int days) => SuiteGenerator.Make(Types[seed % Types.Length], seed, days, StepMinutes);

    public static SuiteSeries Clean(int seed, int days) => SuiteGenerator.Make(SuiteType.Clean, seed, days, StepMinutes);

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
