using System.Globalization;

namespace AiOutliers.Detection.Series;

/// <summary>
/// The rows of a query's answer, in columns: ascending, distinct times, and one column of numbers per metric. A missing value is
/// <see cref="double.NaN"/>; no column holds an infinity. Immutable; made by <see cref="MetricTableBuilder"/>.
/// </summary>
public sealed class MetricTable
{
    private readonly ReadOnlyMemory<long> _times;
    private readonly TimestampTexts _timestamps;
    private readonly string[] _metrics;
    private readonly ReadOnlyMemory<double>[] _columns;

    /// <param name="times">Ascending, no two equal.</param>
    /// <param name="timestamps">The texts of rows whose timestamp is not the canonical one, null for others; null where none is.</param>
    /// <param name="metrics">The names of the columns.</param>
    /// <param name="columns">One value per row each.</param>
    /// <param name="warnings">What was mended.</param>
    internal MetricTable(long[] times, string?[]? timestamps, string[] metrics, double[][] columns, IReadOnlyList<string> warnings)
        : this(
            times, new(times, timestamps?.AsMemory()), metrics,
            Array.ConvertAll(columns, static column => (ReadOnlyMemory<double>)column), warnings, new(), CommonStep.Of(times))
    {
    }

    private MetricTable(ReadOnlyMemory<long> times, TimestampTexts timestamps, string[] metrics, ReadOnlyMemory<double>[] columns,
        IReadOnlyList<string> warnings, Coverage coverage, long step)
    {
        (_times, _timestamps, _metrics, _columns) = (times, timestamps, metrics, columns);
        (Warnings, Coverage, StepMilliseconds) = (warnings, coverage, coverage.StepMilliseconds > 0 ? coverage.StepMilliseconds : step);
    }

    public int Rows => _times.Length;

    /// <summary>Milliseconds since 1970-01-01T00:00Z, ascending, no two equal.</summary>
    public ReadOnlySpan<long> Times => _times.Span;

    /// <summary>The timestamps as they came, row for row: answers repeat them to the letter.</summary>
    public IReadOnlyList<string> Timestamps => _timestamps;

    /// <summary>Writes a row's timestamp as UTF-8 where it is the canonical text of its time, which makes no string.</summary>
    /// <param name="row">The row.</param>
    /// <param name="utf8">Room for <see cref="CanonicalTimestamp.Length"/> bytes.</param>
    /// <returns>False where the row came with another text: <see cref="Timestamps"/> has it.</returns>
    public bool TryWriteTimestamp(int row, Span<byte> utf8)
    {
        if (_timestamps.Own(row) is not null)
            return false;
        CanonicalTimestamp.Write(Times[row], utf8);
        return true;
    }

    /// <summary>
    /// A row's time on the clock of the place that its timestamp was written for: with the offset that it carries, else UTC.
    /// </summary>
    public DateTimeOffset LocalTime(int row) =>
        DateTimeOffset.TryParse(_timestamps.Own(row), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : CanonicalTimestamp.Instant(Times[row]);

    /// <summary>The metrics' names, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Metrics => _metrics;

    /// <summary>What the rows take in memory, about: eight bytes a value and time, and timestamps that are kept as they came.</summary>
    public long Bytes => 8L * Rows * (_metrics.Length + 1) + TextBytes;

    /// <summary>What timestamps take that are kept as they came.</summary>
    internal long TextBytes => _timestamps.Bytes;

    /// <summary>
    /// What was mended while reading: rows sorted, duplicates dropped, values that were not finite numbers. For the log and the user.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Rows that had the time of another and were dropped.</summary>
    public int Duplicates { get; internal init; }

    /// <summary>Whether the source said that its answer lacks rows; of the rows of one answer only, not of what is made of them.</summary>
    public bool IsPartial { get; private init; }

    /// <summary>
    /// The width of a bucket in milliseconds: as <see cref="Coverage"/> says, else the most frequent distance between neighbouring rows
    /// (of equally frequent ones the smallest), 0 with fewer than two rows.
    /// </summary>
    public long StepMilliseconds { get; }

    /// <summary>What is known of the buckets beyond the rows.</summary>
    public Coverage Coverage { get; }

    /// <summary>The same rows, with what is known of their buckets.</summary>
    public MetricTable Covering(Coverage coverage) => new(_times, _timestamps, _metrics, _columns, Warnings, coverage, StepMilliseconds)
    {
        Duplicates = Duplicates,
    };

    /// <summary>The same rows, with warnings before their own.</summary>
    public MetricTable WithWarnings(IReadOnlyList<string> warnings) => warnings.Count == 0
        ? this
        : new(_times, _timestamps, _metrics, _columns, [.. warnings, .. Warnings], Coverage, StepMilliseconds) { Duplicates = Duplicates };

    /// <summary>The same rows of an answer that lacks some: buckets within the intervals are missing.</summary>
    /// <param name="intervals">In milliseconds since 1970.</param>
    /// <param name="warnings">Say what is missing.</param>
    public MetricTable AsPartial(IReadOnlyList<(long From, long Until)> intervals, IReadOnlyList<string> warnings)
    {
        var columns = Array.ConvertAll(_columns, static column => column.ToArray());
        for (var row = 0; row < Rows; row++)
        {
            var (start, end) = (Times[row], Times[row] + Math.Max(1, StepMilliseconds));
            if (intervals.Any(interval => start < interval.Until && interval.From < end))
                Array.ForEach(columns, column => column[row] = double.NaN);
        }
        return new(
            _times, _timestamps, _metrics, Array.ConvertAll(columns, static column => (ReadOnlyMemory<double>)column),
            [.. warnings, .. Warnings], Coverage, StepMilliseconds)
        {
            Duplicates = Duplicates,
            IsPartial = true,
        };
    }

    /// <summary>The same rows with other values of one metric, and no other metric.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="values">One per row, NaN when missing, never infinite.</param>
    public MetricTable With(string metric, double[] values) =>
        new(_times, _timestamps, [metric], [(ReadOnlyMemory<double>)values], [], Coverage, StepMilliseconds);

    /// <summary>The same rows with other values.</summary>
    /// <param name="columns">By metric; those that are missing are not in the result.</param>
    public MetricTable With(IReadOnlyDictionary<string, double[]> columns)
    {
        string[] metrics = [.. _metrics.Where(columns.ContainsKey)];
        return new(
            _times, _timestamps, metrics, Array.ConvertAll(metrics, metric => (ReadOnlyMemory<double>)columns[metric]),
            [], Coverage, StepMilliseconds);
    }

    /// <summary>The first rows only: what had arrived at some time. A step that is not known is that of these rows.</summary>
    public MetricTable First(int rows) => rows >= Rows ? this : Part(0, rows, CommonStep.Of(Times[..rows]));

    /// <summary>
    /// Some of the rows, with the warnings, the coverage and the step of the whole table. Copies nothing: both share the rows.
    /// </summary>
    /// <param name="start">The first row.</param>
    /// <param name="rows">How many.</param>
    public MetricTable Slice(int start, int rows) => Part(start, rows, StepMilliseconds);

    /// <summary>
    /// The rows of one table before those of another: the rows of <paramref name="earlier"/> that lie before the first row of
    /// <paramref name="later"/>, then all of <paramref name="later"/>. A metric that one of them lacks is missing in its rows. The coverage
    /// begins where the first rows' does and ends where the last rows' does.
    /// </summary>
    public static MetricTable Join(MetricTable earlier, MetricTable later) => TableJoin.Join(earlier, later);

    /// <summary>The same with those rows of another table whose times this one lacks.</summary>
    /// <param name="empty">What a bucket holds in which nothing happened.</param>
    public MetricTable Fill(MetricTable empty) => TableFill.Fill(this, empty);

    /// <summary>The column of a metric, one value per row; false when no row has it.</summary>
    public bool TryGetColumn(string metric, out ReadOnlySpan<double> column)
    {
        var index = Array.IndexOf(_metrics, metric);
        column = index < 0 ? default : _columns[index].Span;
        return index >= 0;
    }

    /// <summary>The column of a metric, one value per row.</summary>
    /// <exception cref="AiOutliersException">No row has this metric; the message lists those that there are.</exception>
    public ReadOnlySpan<double> Column(string metric) => TryGetColumn(metric, out var column)
        ? column
        : throw new AiOutliersException(
            ErrorKind.BadInput, $"The metric '{metric}' is not in the data. It has: {string.Join(", ", _metrics)}.");

    /// <summary>The rows from one time up to another.</summary>
    public MetricTable Between(long from, long until)
    {
        var (first, end) = (RowFrom(from), RowFrom(until));
        return first == 0 && end == Rows ? this : Slice(first, Math.Max(0, end - first));
    }

    /// <summary>The first row at a time or after it.</summary>
    public int RowFrom(long time) => Times.BinarySearch(time) is var at && at < 0 ? ~at : at;

    /// <summary>The texts of some rows whose timestamp is not the canonical one, null for others; null where the table has none.</summary>
    internal string?[]? OwnTimestamps(Range rows) => _timestamps.Own(rows);

    private MetricTable Part(int start, int rows, long step) => new(
        _times.Slice(start, rows), _timestamps.Part(start, rows), _metrics, Array.ConvertAll(_columns, column => column.Slice(start, rows)),
        Warnings, Coverage, step)
    {
        Duplicates = Duplicates,
    };
}
