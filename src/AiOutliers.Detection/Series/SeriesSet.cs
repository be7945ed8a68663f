namespace AiOutliers.Detection.Series;

/// <summary>
/// Many series out of one answer, each with its key. The rows are kept once, in columns; <see cref="Table"/> makes the table of one series
/// when asked for, so that 100,000 series need no table each. Immutable; made by <see cref="SeriesSetBuilder"/>, or of rows that are kept
/// elsewhere. Reading from several threads is safe.
/// </summary>
public sealed class SeriesSet
{
    private readonly ISeriesRows _rows;
    private readonly IReadOnlyList<byte[]> _keys;

    internal SeriesSet(
        ISeriesRows rows, IReadOnlyList<byte[]> keys,
        IReadOnlyList<string> dimensions, IReadOnlyList<string> metrics, IReadOnlyList<string> warnings)
    {
        (_rows, _keys) = (rows, keys);
        (Dimensions, Metrics, Warnings) = (dimensions, metrics, warnings);
    }

    /// <summary>What the keys are made of, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Dimensions { get; }

    public IReadOnlyList<string> Metrics { get; }

    /// <summary>What the reader left out or mended. What was mended in one series is in its table.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The buckets in which nothing happened, which each series has where it lacks them; null: they stay missing.</summary>
    public MetricTable? Empty { get; private init; }

    /// <summary>How many series there are.</summary>
    public int Count => _keys.Count;

    /// <summary>Rows of all series.</summary>
    public int Rows => _rows.Count;

    /// <summary>The same series, with warnings before their own.</summary>
    public SeriesSet WithWarnings(IReadOnlyList<string> warnings) =>
        warnings.Count == 0 ? this : new(_rows, _keys, Dimensions, Metrics, [.. warnings, .. Warnings]) { Empty = Empty };

    /// <summary>The same series, each with the buckets of a table that it lacks.</summary>
    /// <param name="empty">What they hold.</param>
    public SeriesSet FilledWith(MetricTable empty) => new(_rows, _keys, Dimensions, Metrics, Warnings) { Empty = empty };

    /// <summary>Whether it is one series without dimensions.</summary>
    public bool IsSingle => Count <= 1 && Dimensions.Count == 0;

    /// <summary>One series without a key.</summary>
    /// <param name="table">Its rows.</param>
    /// <param name="warnings">What was left out, beyond the table's own.</param>
    public static SeriesSet Of(MetricTable table, IReadOnlyList<string>? warnings = null) =>
        new(new SingleSeries(table), [[]], [], table.Metrics, warnings ?? []);

    /// <summary>Series whose rows are kept elsewhere.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="keys">The key of each series.</param>
    /// <param name="dimensions">What the keys are made of.</param>
    /// <param name="metrics">The columns of each series.</param>
    /// <param name="warnings">What was left out.</param>
    public static SeriesSet Of(
        ISeriesRows rows, IReadOnlyList<SeriesKey> keys,
        IReadOnlyList<string> dimensions, IReadOnlyList<string> metrics, IReadOnlyList<string> warnings) =>
        new(rows, [.. keys.Select(key => key.Bytes(dimensions))], dimensions, metrics, warnings);

    public SeriesKey Key(int series) => SeriesKey.Read(_keys[series], Dimensions);

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

    /// <summary>What the rows take, about.</summary>
    public long Bytes => _rows.Bytes;

    /// <summary>The rows of one series by time; they are copied.</summary>
    public MetricTable Table(int series) => Empty is null ? _rows.Table(series) : _rows.Table(series).Fill(Empty);

    /// <summary>The same series without the dimensions that have one value in all of them; a single series needs no key.</summary>
    public SeriesSet WithoutSharedDimensions()
    {
        if (Count == 0 || Dimensions.Count == 0)
            return this;
        if (Count == 1)
            return Of(Table(0), Warnings);
        var keys = Enumerable.Range(0, Count).Select(Key).ToArray();
        string[] kept = [.. Dimensions.Where(name => keys.Select(key => key.ValueOf(name)).Distinct(StringComparer.Ordinal).Skip(1).Any())];
        return Of(_rows, keys, kept, Metrics, Warnings);
    }

    /// <summary>The one series of a set without keys, with the set's warnings before its own; no rows where there is no series.</summary>
    public MetricTable SingleTable() => (Count == 0 ? new MetricTableBuilder().Build() : Table(0)).WithWarnings(Warnings);
}
