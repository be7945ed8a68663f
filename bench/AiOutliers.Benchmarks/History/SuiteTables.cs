using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Series;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Benchmarks.History;

/// <summary>Invented series as tables, and what the default detector marks in them.</summary>
internal static class SuiteTables
{
    private const string Metric = "bytes";

    private static readonly SeasonalScanDetector Detector = new(new());

    public static MetricTable Of(SuiteSeries series) => Of(series, series.Values);

    /// <param name="series">Begin and step.</param>
    /// <param name="values">In place of the series' own, from its begin on.</param>
    public static MetricTable Of(SuiteSeries series, ReadOnlySpan<double> values)
    {
        var (begin, step) = (series.Start.ToUnixTimeMilliseconds(), (long)series.Step.TotalMilliseconds);
        var builder = new MetricTableBuilder();
        builder.Expect(values.Length);
        var column = builder.ColumnOf(Metric);
        for (var row = 0; row < values.Length; row++)
        {
            builder.AddRow(begin + row * step, timestamp: null);
            builder.Set(column, values[row]);
        }
        return builder.Build().Covering(new(step, begin, begin + values.Length * step));
    }

    public static DetectionResult Judge(MetricTable table) => Detector.Detect(table, Metric);

    /// <summary>Whether any of some rows of a table is marked when some others are judged.</summary>
    /// <param name="table">All rows.</param>
    /// <param name="judged">Those that the detector sees.</param>
    /// <param name="looked">Those whose marks count.</param>
    public static bool Marks(MetricTable table, Range judged, Range looked)
    {
        var (first, rows) = judged.GetOffsetAndLength(table.Rows);
        var part = table.Slice(first, rows);
        var coverage = new Coverage(table.StepMilliseconds, part.Times[0], part.Times[^1] + table.StepMilliseconds);
        var (from, count) = looked.GetOffsetAndLength(table.Rows);
        return Judge(part.Covering(coverage)).Anomalies.AsSpan(from - first, count).Contains(true);
    }
}
