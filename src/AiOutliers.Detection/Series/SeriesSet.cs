namespace AiOutliers.Detection.Series;

/// <summary>
/// Many series out of one answer, each with its key. The rows are kept once, in columns; <see cref="Table"/> makes the table of one series
/// when asked for, so that 100,000 series need no table each. Immutable; made by <see cref="SeriesSetBuilder"/>. Reading from several
/// threads is safe.
/// </summary>
public sealed class SeriesSet
{
    private readonly SeriesRows? _rows;
    private readonly MetricTable? _single;
    private readonly IReadOnlyList<byte[]> _keys;
    private readonly IReadOnlyList<(int Last, int Count)> _series;

    internal SeriesSet(SeriesRows rows, IReadOnlyList<byte[]> keys, IReadOnlyList<(int Last, int Count)> series,
        IReadOnlyList<string> dimensions, IReadOnlyList<string> metrics, IReadOnlyList<string> warnings)
    {
        (_rows, _keys, _series) = (rows, keys, series);
        (Dimensions, Metrics, Warnings) = (dimensions, metrics, warnings);
    }

    private SeriesSet(MetricTable single, IReadOnlyList<string> warnings)
    {
        (_single, _keys, _series) = (single, [[]], [(0, single.Rows)]);
        (Dimensions, Metrics, Warnings) = ([], single.Metrics, warnings);
    }

    /// <summary>What the keys are made of, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Dimensions { get; }

    public IReadOnlyList<string> Metrics { get; }

    /// <summary>What the reader left out or mended. What was mended in one series is in its table.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Whether rows of one series and one time are one row, with the values of each.</summary>
    internal bool MergesEqualTimes { get; init; }

    /// <summary>How many series there are.</summary>
    public int Count => _series.Count;

    /// <summary>Rows of all series.</summary>
    public int Rows => _rows?.Count ?? _single!.Rows;

    /// <summary>The same series, with warnings before their own.</summary>
    public SeriesSet WithWarnings(IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
            return this;
        return _rows is null
            ? new(_single!, [.. warnings, .. Warnings])
            : new(_rows, _keys, _series, Dimensions, Metrics, [.. warnings, .. Warnings]) { MergesEqualTimes = MergesEqualTimes };
    }

    /// <summary>Whether it is one series without dimensions.</summary>
    public bool IsSingle => Count <= 1 && Dimensions.Count == 0;

    /// <summary>One series without a key.</summary>
    /// <param name="table">Its rows.</param>
    /// <param name="warnings">What was left out, beyond the table's own.</param>
    public static SeriesSet Of(MetricTable table, IReadOnlyList<string>? warnings = null) => new(table, warnings ?? []);

    public SeriesKey Key(int series) => SeriesKey.Read(_keys[series], Dimensions);

    /// <summary>The rows themselves; null for a single series.</summary>
    internal SeriesRows? AllRows => _rows;

    /// <summary>The key of a series in the form that rows are looked up by.</summary>
    internal byte[] KeyBytes(int series) => _keys[series];

    /// <summary>Which series each row is one of.</summary>
    internal int[] SeriesOfRows()
    {
        var of = new int[Rows];
        for (var series = 0; series < Count; series++)
        {
            for (var row = _series[series].Last; row != SeriesRows.NoRow; row = _rows!.Previous(row))
                of[row] = series;
        }
        return of;
    }

    /// <summary>The series in the order of their keys, whatever the order in which they came.</summary>
    public int[] ByKey()
    {
        var order = new int[Count];
        for (var series = 0; series < order.Length; series++)
            order[series] = series;
        var comparer = new SeriesKeyOrder();
        Array.Sort(order, (a, b) => comparer.Compare(_keys[a], _keys[b]));
        return order;
    }

    /// <summary>What the rows take in memory, about.</summary>
    public long Bytes => _single?.Bytes ?? (8L * Metrics.Count + 16) * Rows + 64L * Count;

    /// <summary>The rows of one series by time; they are copied.</summary>
    public MetricTable Table(int series)
    {
        if (_rows is not { } all)
            return _single!;
        var rows = all.Of(_series[series].Last, _series[series].Count);
        var table = new MetricTableBuilder { MergesEqualTimes = MergesEqualTimes };
        foreach (var metric in Metrics)
            table.ColumnOf(metric);
        table.Expect(rows.Length);
        foreach (var row in rows)
            table.AddRow(all.Time(row), all.Timestamp(row));
        for (var column = 0; column < Metrics.Count; column++)
        {
            var values = table.Values(column);
            for (var at = 0; at < rows.Length; at++)
                values[at] = all.Columns[column][rows[at]];
        }
        return table.Build();
    }

    /// <summary>The same series without the dimensions that have one value in all of them; a single series needs no key.</summary>
    public SeriesSet WithoutSharedDimensions()
    {
        if (Count == 0 || Dimensions.Count == 0)
            return this;
        if (Count == 1)
            return Of(Table(0), Warnings);
        var keys = Enumerable.Range(0, Count).Select(Key).ToArray();
        string[] kept = [.. Dimensions.Where(name => keys.Select(key => key.ValueOf(name)).Distinct(StringComparer.Ordinal).Skip(1).Any())];
        return new(_rows!, Array.ConvertAll(keys, key => key.Bytes(kept)), _series, kept, Metrics, Warnings)
        {
            MergesEqualTimes = MergesEqualTimes,
        };
    }

    /// <summary>The one series of a set without keys, with the set's warnings before its own; no rows where there is no series.</summary>
    public MetricTable SingleTable() => (Count == 0 ? new MetricTableBuilder().Build() : Table(0)).WithWarnings(Warnings);
}
