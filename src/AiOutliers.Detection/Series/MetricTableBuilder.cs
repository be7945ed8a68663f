using System.Text;

namespace AiOutliers.Detection.Series;

/// <summary>
/// Collects rows into a <see cref="MetricTable"/>. Rows may come in any order: <see cref="Build"/> sorts them by time and keeps the last of
/// equal ones. A value that is never set, or not finite, is missing (NaN).
/// </summary>
public sealed class MetricTableBuilder
{
    private const int InitialRows = 256;

    /// <summary>160 MB of columns.</summary>
    private const long MostValues = 20_000_000;

    private readonly MetricNames _metrics = new();
    private readonly List<byte[]> _utf8Metrics = [];
    private readonly List<double[]> _columns = [];
    private long[] _times = new long[InitialRows];
    private string?[]? _timestamps;

    /// <summary>Whether rows of one time are one row, with the values of each; else the last one counts alone.</summary>
    public bool MergesEqualTimes { get; init; }

    /// <summary>Rows added so far.</summary>
    public int Rows { get; private set; }

    /// <summary>The metrics met so far; the position is what <see cref="Set"/> takes.</summary>
    public IReadOnlyList<string> Metrics => _metrics.All;

    /// <summary>The same in UTF-8, for readers of JSON, which compare bytes; empty where there is no such column.</summary>
    public ReadOnlySpan<byte> Utf8Metric(int column) => column < _utf8Metrics.Count ? _utf8Metrics[column] : default;

    /// <summary>The position of a metric's column; a new one is made for a name not met before.</summary>
    /// <exception cref="AiOutliersException">There are too many.</exception>
    public int ColumnOf(string metric)
    {
        if (!_metrics.Add(metric, out var index))
            return index;
        CheckSize(_times.Length, index + 1L, Rows);
        var column = new double[_times.Length];
        Array.Fill(column, double.NaN);
        _utf8Metrics.Add(Encoding.UTF8.GetBytes(metric));
        _columns.Add(column);
        return index;
    }

    /// <summary>Makes room for so many rows at once; fewer or more may come.</summary>
    public void Expect(int rows)
    {
        if (rows > _times.Length)
            Resize(rows, rows);
    }

    /// <summary>Starts a row; the values that follow belong to it.</summary>
    /// <param name="time">Milliseconds since 1970-01-01T00:00Z.</param>
    /// <param name="timestamp">The same instant as it came, repeated in answers; null for its <see cref="CanonicalTimestamp"/>.</param>
    public void AddRow(long time, string? timestamp)
    {
        if (Rows == _times.Length)
            Resize(_times.Length * 2, Rows);
        _times[Rows] = time;
        if (timestamp is not null)
            (_timestamps ??= new string?[_times.Length])[Rows] = timestamp;
        Rows++;
    }

    /// <summary>Sets a value of the row started last. Infinities and NaN count as missing; infinities are reported as a warning.</summary>
    public void Set(int column, double value) => _columns[column][Rows - 1] = value;

    /// <summary>The values of all rows so far, to be set in any order; another row or column may end what it gives.</summary>
    public Span<double> Values(int column) => _columns[column].AsSpan(0, Rows);

    /// <summary>The table of all rows; nothing is added after it.</summary>
    public MetricTable Build() => MetricColumns.Table(
        Whole(_times), _timestamps is null ? null : Whole(_timestamps), Metrics, [.. _columns.Select(Whole)], MergesEqualTimes);

    /// <summary>The values of all rows; the array itself where it holds nothing else.</summary>
    private T[] Whole<T>(T[] values) => values.Length == Rows ? values : values[..Rows];

    /// <param name="rows">Rows.</param>
    /// <param name="metrics">Columns.</param>
    /// <exception cref="AiOutliersException">One table does not take as many.</exception>
    public static void CheckSize(int rows, int metrics) => CheckSize(rows, metrics, rows);

    /// <param name="room">Rows to make room for.</param>
    /// <param name="metrics">Columns.</param>
    /// <param name="rows">How many rows are known to come, for the message.</param>
    private static void CheckSize(int room, long metrics, int rows)
    {
        if (room * metrics > MostValues)
            throw new AiOutliersException(ErrorKind.BadInput,
                $"{Counted.Of(rows, "row")} of {Counted.Of(metrics, "metric")} are too many; "
                + "ask for fewer metrics, a shorter interval or a coarser granularity");
    }

    private void Resize(int room, int rows)
    {
        CheckSize(room, _metrics.All.Count, rows);
        Array.Resize(ref _times, room);
        if (_timestamps is not null)
            Array.Resize(ref _timestamps, room);
        for (var c = 0; c < _columns.Count; c++)
        {
            var column = GC.AllocateUninitializedArray<double>(room);
            _columns[c].AsSpan(0, Rows).CopyTo(column);
            column.AsSpan(Rows).Fill(double.NaN);
            _columns[c] = column;
        }
    }
}
