using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis;

/// <summary>What was read: how many rows of when, and what of them is missing or does not count.</summary>
public sealed record ReadSummary
{
    public required int Series { get; init; }

    public required int Rows { get; init; }

    /// <summary>Where the first bucket begins, in milliseconds since 1970; null without rows.</summary>
    public long? From { get; init; }

    /// <summary>Where the last bucket ends.</summary>
    public long? To { get; init; }

    /// <summary>The width of a bucket in milliseconds; 0 when unknown, or of several widths.</summary>
    public long Step { get; init; }

    /// <summary>Buckets between the first and the last without a row, or without a value of a metric.</summary>
    public long Missing { get; init; }

    /// <summary>Rows that had the time of another.</summary>
    public int Duplicates { get; init; }

    /// <summary>Rows whose bucket is not whole: they are not judged.</summary>
    public int HeldBack { get; init; }

    /// <summary>What is judged, or learnt.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    public static ReadSummary Of(JointReport report) => Of(report.Table, [.. report.Reports.Select(static one => one.Metric)]);

    /// <param name="table">The rows.</param>
    /// <param name="metrics">Those that count.</param>
    public static ReadSummary Of(MetricTable table, IReadOnlyList<string> metrics)
    {
        if (table.Rows == 0)
            return new() { Series = 0, Rows = 0, Metrics = metrics };
        return new()
        {
            Series = 1,
            Rows = table.Rows,
            From = table.Times[0],
            To = table.Times[^1] + table.StepMilliseconds,
            Step = table.StepMilliseconds,
            Missing = metrics.Count == 0 ? 0 : metrics.Max(metric => MissingOf(table, metric)),
            Duplicates = table.Duplicates,
            HeldBack = HeldBackOf(table),
            Metrics = metrics,
        };
    }

    /// <summary>Of both.</summary>
    public ReadSummary And(ReadSummary other) => new()
    {
        Series = Series + other.Series,
        Rows = Rows + other.Rows,
        From = From is { } from && other.From is { } start ? Math.Min(from, start) : From ?? other.From,
        To = To is { } to && other.To is { } end ? Math.Max(to, end) : To ?? other.To,
        Step = Rows == 0 || Step == other.Step ? other.Step : other.Rows == 0 ? Step : 0,
        Missing = Missing + other.Missing,
        Duplicates = Duplicates + other.Duplicates,
        HeldBack = HeldBack + other.HeldBack,
        Metrics = [.. Metrics.Union(other.Metrics)],
    };

    private static long MissingOf(MetricTable table, string metric)
    {
        var known = 0;
        if (table.TryGetColumn(metric, out var values))
        {
            foreach (var value in values)
                known += double.IsFinite(value) ? 1 : 0;
        }
        var step = table.StepMilliseconds;
        var buckets = step > 0 ? (long)Math.Round((table.Times[^1] - table.Times[0]) / (double)step) + 1 : table.Rows;
        return Math.Max(table.Rows, buckets) - known;
    }

    private static int HeldBackOf(MetricTable table)
    {
        var (count, coverage) = (0, table.Coverage);
        foreach (var time in table.Times)
            count += time < coverage.From || time + table.StepMilliseconds > coverage.Until ? 1 : 0;
        return count;
    }
}
