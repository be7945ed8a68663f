namespace AiOutliers.Detection.Series;

/// <summary>
/// The rows of many series in the order in which they came, in columns. Each row knows the row of its series before it: a series is read
/// from its last row back, and no row is stored a second time. Neighbouring rows of one time share it.
/// </summary>
internal sealed class SeriesRows
{
    public const int NoRow = -1;

    private readonly ChunkedColumn<int> _previous = new();
    private readonly ChunkedColumn<int> _timeOf = new();
    private readonly ChunkedColumn<long> _times = new();
    private readonly Dictionary<int, string> _timestamps = [];

    public List<ChunkedColumn<double>> Columns { get; } = [];

    public int Count => _previous.Count;

    /// <summary>What they take, without texts of times.</summary>
    public long Bytes => _previous.Bytes + _timeOf.Bytes + _times.Bytes + Columns.Sum(static column => column.Bytes);

    /// <summary>Adds a row; its values follow, one for each column.</summary>
    /// <param name="time">Milliseconds since 1970.</param>
    /// <param name="timestamp">The text of the time, null for the canonical one.</param>
    /// <param name="previous">The row of the same series before it, or <see cref="NoRow"/>.</param>
    /// <returns>The row.</returns>
    public int Add(long time, string? timestamp, int previous)
    {
        if (_times.Count == 0 || _times[_times.Count - 1] != time || timestamp != _timestamps.GetValueOrDefault(_times.Count - 1))
        {
            if (timestamp is not null)
                _timestamps[_times.Count] = timestamp;
            _times.Add(time);
        }
        _timeOf.Add(_times.Count - 1);
        _previous.Add(previous);
        return Count - 1;
    }

    public long Time(int row) => _times[_timeOf[row]];

    public string? Timestamp(int row) => _timestamps.GetValueOrDefault(_timeOf[row]);

    /// <summary>The rows of a series by time; of one time in the order in which they came.</summary>
    public int[] Of(int last, int count)
    {
        var rows = new int[count];
        var isAscending = true;
        for (var (at, row) = (count - 1, last); at >= 0; at--, row = _previous[row])
        {
            rows[at] = row;
            isAscending &= at == count - 1 || Time(row) <= Time(rows[at + 1]);
        }
        if (!isAscending)
            Array.Sort(rows, (a, b) => Time(a) != Time(b) ? Time(a).CompareTo(Time(b)) : a.CompareTo(b));
        return rows;
    }

    /// <summary>Whether no two rows have one time.</summary>
    public bool HasDistinctTimes()
    {
        if (_times.Count < Count)
            return false;
        var seen = new HashSet<long>(Count);
        for (var row = 0; row < Count; row++)
        {
            if (!seen.Add(Time(row)))
                return false;
        }
        return true;
    }
}
