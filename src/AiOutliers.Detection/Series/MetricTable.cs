using System.Globalization;

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

    /// <summary>The same rows with other values of one metric, and no other metric.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="values">One per row, NaN when missing, never infinite.</param>
    public MetricTable With(string metric, double[] values) => new MetricTable(_times, _timestamps, [metric], [values], []).Covering(Coverage);

    /// <summary>The same rows with other values.</summary>
    /// <param name="columns">By metric; those that are missing are not in the result.</param>
    internal MetricTable With(IReadOnlyDictionary<string, double[]> columns)
    {
        string[] metrics = [.. _metrics.Where(columns.ContainsKey)];
        return new MetricTable(_times, _timestamps, metrics, Array.ConvertAll(metrics, metric => columns[metric]), []).Covering(Coverage);
    }

    /// <summary>The first rows only: what had arrived at some time.</summary>
    public MetricTable First(int rows) => rows >= Rows
        ? this
        : new MetricTable(_times[..rows], _timestamps[..rows], _metrics, Array.ConvertAll(_columns, column => column[..rows]), Warnings).Covering(Coverage);

    private MetricTable(MetricTable rows, Coverage coverage)
    {
        (_times, _timestamps, _metrics, _columns) = (rows._times, rows._timestamps, rows._metrics, rows._columns);
        Warnings = rows.Warnings;
        Coverage = coverage;
        StepMilliseconds = coverage.StepMilliseconds > 0 ? coverage.StepMilliseconds : rows.StepMilliseconds;
    }

    public int Rows => _times.Length;

    /// <summary>Milliseconds since 1970-01-01T00:00Z, ascending, no two equal.</summary>
    public ReadOnlySpan<long> Times => _times;

    /// <summary>The timestamps as they came, row for row: answers repeat them to the letter.</summary>
    public IReadOnlyList<string> Timestamps => _timestamps;

    /// <summary>
    /// A row's time on the clock of the place that its timestamp was written for: with the offset that it carries, else UTC.
    /// </summary>
    public DateTimeOffset LocalTime(int row) => DateTimeOffset.TryParse(_timestamps[row], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : DateTimeOffset.FromUnixTimeMilliseconds(_times[row]);

    /// <summary>The metrics' names, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Metrics => _metrics;

    /// <summary>
    /// What was mended while reading: rows sorted, duplicates dropped, values that were no finite numbers. For the log and the user.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// The width of a bucket in milliseconds: as <see cref="Coverage"/> says, else the most frequent distance between neighbouring rows
    /// (of equally frequent ones the smallest), 0 with fewer than two rows.
    /// </summary>
    public long StepMilliseconds { get; }

    /// <summary>What is known of the buckets beyond the rows.</summary>
    public Coverage Coverage { get; } = new();

    /// <summary>The same rows, with what is known of their buckets.</summary>
    public MetricTable Covering(Coverage coverage) => new(this, coverage);

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

    /// <summary>Some of the rows, without the warnings.</summary>
    internal MetricTable Slice(int start, int rows) => new(
        _times.AsSpan(start, rows).ToArray(), _timestamps.AsSpan(start, rows).ToArray(), _metrics,
        Array.ConvertAll(_columns, column => column.AsSpan(start, rows).ToArray()), []);

    /// <summary>The rows from one time up to another, without the warnings.</summary>
    internal MetricTable Between(long from, long to)
    {
        var (first, end) = (RowFrom(from), RowFrom(to));
        return Slice(first, Math.Max(0, end - first));
    }

    /// <summary>The first row at a time or after it.</summary>
    internal int RowFrom(long time) => Times.BinarySearch(time) is var at && at < 0 ? ~at : at;

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
