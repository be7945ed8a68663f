namespace AiOutliers.Detection.Series;

/// <summary>
/// Collects rows of many series into a <see cref="SeriesSet"/>: the values and dimensions of a row first, then <see cref="AddRow"/>. Rows
/// may come in any order. A value that is never set is missing.
/// </summary>
public sealed class SeriesSetBuilder
{
    /// <summary>100,000 series of 288 rows with two metrics, some 700 MB.</summary>
    public const long MostValues = 64_000_000;

    private readonly SeriesIndex _index = new();
    private readonly SeriesRows _rows = new();
    private readonly List<(int Last, int Count)> _series = [];
    private readonly MetricNames _metrics = new();
    private readonly List<double> _values = [];
    private readonly List<string> _warnings = [];

    /// <summary>Whether rows of one series and one time are one row, with the values of each: a row may bring one metric only.</summary>
    public bool MergesEqualTimes { get; init; }

    /// <summary>Intervals whose rows are not whole, in milliseconds since 1970: their values are missing.</summary>
    public IReadOnlyList<(long From, long Until)> Missing { get; init; } = [];

    /// <summary>More series are not kept.</summary>
    public int MostSeries { get; init; } = int.MaxValue;

    /// <summary>Rows added so far.</summary>
    public int Rows => _rows.Count;

    public IReadOnlyList<string> Metrics => _metrics.All;

    /// <summary>The position of a metric; a new name gets a new column.</summary>
    /// <exception cref="AiOutliersException">There are too many.</exception>
    public int ColumnOf(string metric)
    {
        if (!_metrics.Add(metric, out var index))
            return index;
        _values.Add(double.NaN);
        _rows.Columns.Add(new());
        _rows.Columns[^1].FillTo(Rows, double.NaN);
        return index;
    }

    /// <summary>The position of a dimension; a new name gets a new one.</summary>
    public int DimensionOf(string name) => _index.DimensionOf(name);

    /// <summary>Sets a value of the row that <see cref="AddRow"/> will end.</summary>
    public void Set(int column, double value) => _values[column] = value;

    /// <summary>Sets a dimension of the row that <see cref="AddRow"/> will end, as UTF-8; without it the dimension is null.</summary>
    public void SetKey(int dimension, ReadOnlySpan<byte> value) => _index.Set(dimension, value);

    /// <summary>Notes, once, something that the reader left out or mended and the user should know.</summary>
    public void Warn(string warning)
    {
        if (!_warnings.Contains(warning))
            _warnings.Add(warning);
    }

    /// <summary>Ends a row.</summary>
    /// <param name="time">Milliseconds since 1970-01-01T00:00Z.</param>
    /// <param name="timestamp">The same instant as it came; null for its <see cref="CanonicalTimestamp"/>.</param>
    /// <exception cref="TooLargeException">There are too many, or too many series.</exception>
    public void AddRow(long time, string? timestamp)
    {
        if ((Rows + 1L) * Math.Max(1, _metrics.All.Count) > MostValues)
        {
            throw new TooLargeException(
                $"more than {Counted.Of(Rows, "row")} of {Counted.Of(_metrics.All.Count, "metric")} are too many; "
                + "ask for fewer series or metrics, a shorter interval or a coarser granularity");
        }
        var series = _index.OfRow();
        if (series == MostSeries)
            throw TooLargeException.Series($"more than {MostSeries:N0}", MostSeries);
        if (series == _series.Count)
            _series.Add((SeriesRows.NoRow, 0));
        var (last, count) = _series[series];
        _series[series] = (_rows.Add(time, timestamp, last), count + 1);
        var isMissing = Missing.Count > 0 && Missing.Any(interval => interval.From <= time && time < interval.Until);
        for (var column = 0; column < _values.Count; column++)
        {
            _rows.Columns[column].Add(isMissing ? double.NaN : _values[column]);
            _values[column] = double.NaN;
        }
    }

    public SeriesSet Build() => new(
        new LinkedSeries(_rows, _series, _metrics.All, MergesEqualTimes), _index.Keys, _index.Dimensions, _metrics.All, _warnings);

    /// <summary>One series where every row has its own time: its texts tell nothing apart, and are left out with a warning.</summary>
    public SeriesSet BuildWithoutIdleTexts()
    {
        if (_index.Dimensions.Count == 0 || Rows < 2 || !_rows.HasDistinctTimes())
            return Build();
        var single = new MetricTableBuilder();
        foreach (var metric in _metrics.All)
            single.ColumnOf(metric);
        single.Expect(Rows);
        for (var row = 0; row < Rows; row++)
        {
            single.AddRow(_rows.Time(row), _rows.Timestamp(row));
            for (var column = 0; column < _metrics.All.Count; column++)
                single.Set(column, _rows.Columns[column][row]);
        }
        Warn($"Left out, being text: {string.Join(", ", _index.Dimensions)}. With --by, each of its values becomes a series.");
        return SeriesSet.Of(single.Build(), _warnings);
    }
}
