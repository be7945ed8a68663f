using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Files;

/// <summary>Puts the rows of a table, or of a part of it, into <see cref="RowBlocks"/>.</summary>
internal sealed class TableRowReader
{
    private const long MostMemory = 512L << 20;

    private readonly TableScan _table;
    private readonly string _file;
    private readonly IReadOnlyList<string> _metrics;
    private readonly TimeColumn _times;
    private readonly KeyColumns _keys;
    private readonly NumberColumns _numbers;
    private readonly RowBlocks _rows;
    private readonly List<(RowBlocks Rows, int[] Numbers)> _behind = [];
    private readonly LocalTimes? _clock;
    private readonly DistinctTimes? _distinct;
    private long _row;
    private long _untimed;

    /// <param name="table">What its columns are.</param>
    /// <param name="file">What messages call the file.</param>
    /// <param name="options">What the content does not tell.</param>
    /// <param name="parts">How many parts of the table are in memory: all share 512 MB, and at most a quarter of what there is.</param>
    /// <exception cref="AiOutliersException">There are too many metrics.</exception>
    public TableRowReader(TableScan table, string file, InputOptions options, int parts = 1)
    {
        (_table, _file, _clock) = (table, file, options.Clock());
        _metrics = Names(table.Metrics);
        _rows = new(_metrics.Count, Math.Min(MostMemory, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4) / parts);
        _times = new(table, file, options, _clock);
        _keys = new(table.Dimensions, file);
        _numbers = new(table.Metrics, _metrics, file);
        _distinct = options.By is null && table.Dimensions.Count > 0 ? new(_metrics.Count) : null;
    }

    /// <summary>Numbers the texts of a dimension, as <see cref="Add"/> wants those of a database.</summary>
    public void Number(int dimension, ColumnVector texts, Span<int> numbers) => _keys.Number(dimension, texts, numbers);

    /// <summary>Adds the next rows.</summary>
    /// <param name="columns">Their columns.</param>
    /// <param name="rows">How many there are.</param>
    /// <exception cref="AiOutliersException">A field is not what its column holds.</exception>
    public void Add(ColumnVector[] columns, int rows)
    {
        var times = _times.Read(columns, rows, _row);
        var series = _keys.Read(columns, times);
        _rows.Add(series, times, _numbers.Read(columns, times, _row));
        _row += rows;
        _untimed += times.Count(RowTime.None);
        _distinct?.Add(times);
    }

    /// <summary>Takes the rows of the part behind; its times are numbers, in any zone but a local one.</summary>
    /// <exception cref="AiOutliersException">There are too many series.</exception>
    public void Append(TableRowReader part)
    {
        _behind.Add((part._rows, _keys.Add(part._keys, part._rows.Series)));
        _row += part._row;
        _untimed += part._untimed;
        _distinct?.Add(part._distinct!);
    }

    /// <summary>All rows, as series.</summary>
    /// <param name="warnings">What is known of the file before.</param>
    /// <exception cref="AiOutliersException">The file has no rows.</exception>
    public SeriesSet Series(IEnumerable<string> warnings)
    {
        if (_row == 0)
            throw new AiOutliersException(ErrorKind.NothingToJudge, $"{_file} has no rows, only the names of its columns");
        var rows = new RowParts([(_rows, [.. Enumerable.Range(0, _rows.Series)]), .. _behind], _metrics, _times.Texts);
        return Of(rows, [.. warnings, .. Untimed(rows.Count), .. _clock?.Warnings() ?? []]);
    }

    /// <summary>Each once.</summary>
    private static IReadOnlyList<string> Names(IReadOnlyList<TableMetric> metrics)
    {
        var table = new MetricTableBuilder();
        foreach (var metric in metrics)
            table.ColumnOf(metric.Name);
        return table.Metrics;
    }

    private IEnumerable<string> Untimed(int rows)
    {
        if (_untimed > 0 && rows == 0)
            throw TableFileReader.Wrong($"none of {Counted.Of(_untimed, "row")} of {_file} has a time in '{_table.Time.Name}'");
        if (_untimed > 0)
            yield return $"Left out: {Counted.Of(_untimed, "row")} without a time in '{_table.Time.Name}'.";
    }

    private SeriesSet Of(RowParts rows, string[] warnings)
    {
        string[] names = [.. _table.Dimensions.Select(static dimension => dimension.Name)];
        if (_distinct?.AreAll == true && rows.Count >= 2)
        {
            var idle = $"Left out, being text: {string.Join(", ", names)}. With --by, each of its values becomes a series.";
            return SeriesSet.Of(rows.Single(_distinct.AreAscending), [.. warnings, idle]);
        }
        return SeriesSet.Of(rows, [.. Enumerable.Range(0, rows.Series).Select(_keys.Key)], names, _metrics, warnings);
    }
}
