namespace AiOutliers.Detection.Series;

/// <summary>
/// The rows of a query's answer, in columns: ascending, distinct times, and one column of numbers per metric. A missing value is
/// <see cref="double.NaN"/>; no column holds an infinity. Immutable; made by <see cref="MetricTableBuilder"/>.
/// </summary>
public sealed class MetricTable
{
    private readonly long[] _times;
    private readonly string[] _timestamps;
    private readonly string[] _metrics;
    private readonly double[][] _columns;

    internal MetricTable(long[] times, string[] timestamps, string[] metrics, double[][] columns, IReadOnlyList<string> warnings)
    {
        (_times, _timestamps, _metrics, _columns) = (times, timestamps, metrics, columns);
        Warnings = warnings;
        StepMilliseconds = CommonStep(times);
    }

    public int Rows => _times.Length;

    /// <summary>Milliseconds since 1970-01-01T00:00Z, ascending, no two equal.</summary>
    public ReadOnlySpan<long> Times => _times;

    /// <summary>The timestamps as they came, row for row: answers repeat them to the letter.</summary>
    public IReadOnlyList<string> Timestamps => _timestamps;

    /// <summary>The metrics' names, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Metrics => _metrics;

    /// <summary>What was mended while reading: rows sorted, duplicates dropped, values that were no finite numbers. For the log and the user.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The most frequent distance between neighbouring rows, in milliseconds; of equally frequent ones the smallest. 0 with fewer than two rows.</summary>
    public long StepMilliseconds { get; }

    /// <summary>The column of a metric, one value per row; false when no row has it.</summary>
    public bool TryGetColumn(string metric, out ReadOnlySpan<double> column)
    {
        var index = Array.IndexOf(_metrics, metric);
        column = index < 0 ? default : _columns[index];
        return index >= 0;
    }

    /// <summary>The column of a metric, one value per row.</summary>
    /// <exception cref="AiOutliersException">No row has this metric; the message lists those that there are.</exception>
    public ReadOnlySpan<double> Column(string metric) => TryGetColumn(metric, out var column)
        ? column
        : throw new AiOutliersException(ErrorKind.BadInput, $"The metric '{metric}' is not in the data. It has: {string.Join(", ", _metrics)}.");

    private static long CommonStep(ReadOnlySpan<long> times)
    {
        if (times.Length < 2)
            return 0;
        var steps = new long[times.Length - 1];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = times[i + 1] - times[i];
        Array.Sort(steps);
        var (best, bestCount, start) = (steps[0], 0, 0);
        for (var i = 1; i <= steps.Length; i++)
        {
            if (i < steps.Length && steps[i] == steps[start])
                continue;
            if (i - start > bestCount)
                (best, bestCount) = (steps[start], i - start);
            start = i;
        }
        return best;
    }
}
