using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Files;

/// <summary>Puts the rows of a table into <see cref="RowBlocks"/>.</summary>
internal sealed class TableRowReader
{
    private readonly TableScan _table;
    private readonly string _file;
    private readonly TimeColumn _times;
    private readonly KeyColumns _keys;
    private readonly NumberColumns _numbers;
    private readonly RowBlocks _rows;
    private readonly LocalTimes? _clock;
    private readonly DistinctTimes? _distinct;
    private long _row;
    private long _untimed;

    /// <param name="table">What its columns are.</param>
    /// <param name="file">What messages call the file.</param>
    /// <param name="options">What the content does not tell.</param>
    public TableRowReader(TableScan table, string file, InputOptions options)
    {
        (_table, _file, _clock) = (table, file, options.Clock());
        _rows = new([.. table.Metrics.Select(static metric => metric.Name)]);
        _times = new(table, file, options, _clock);
        _keys = new(table.Dimensions, file);
        _numbers = new(table.Metrics, _rows.Metrics, file);
        _distinct = options.By is null && table.Dimensions.Count > 0 ? new(_rows.Metrics.Count) : null;
    }

    /// <summary>All rows, as series.</summary>
    /// <param name="scan">The rows.</param>
    /// <param name="warnings">What is known of the file before.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Detection.AiOutliersException">A field is not what its column holds.</exception>
    public SeriesSet Read(IRowChunks scan, IEnumerable<string> warnings, CancellationToken cancellation)
    {
        while (scan.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            Add(scan.Columns, scan.Rows);
        }
        if (_row == 0)
            throw new AiOutliersException(ErrorKind.NothingToJudge, $"{_file} has no rows, only the names of its columns");
        _rows.Texts = _times.Texts;
        return Result([.. warnings, .. Untimed(), .. _clock?.Warnings() ?? []]);
    }

    private void Add(ColumnVector[] columns, int rows)
    {
        var times = _times.Read(columns, rows, _row);
        var series = _keys.Read(columns, times);
        _rows.Add(series, times, _numbers.Read(columns, times, _row));
        _row += rows;
        _untimed += times.Count(RowTime.None);
        for (var row = 0; row < rows && _distinct?.AreAll == true; row++)
        {
            if (times[row] != RowTime.None)
                _distinct.Add(RowTime.Milliseconds(times[row]));
        }
    }

    private IEnumerable<string> Untimed()
    {
        if (_untimed > 0 && _rows.Count == 0)
            throw TableFileReader.Wrong($"none of {_untimed} rows of {_file} has a time in '{_table.Time.Name}'");
        if (_untimed > 0)
            yield return $"{_untimed} rows without a time in '{_table.Time.Name}' are left out.";
    }

    private SeriesSet Result(string[] warnings)
    {
        string[] names = [.. _table.Dimensions.Select(static dimension => dimension.Name)];
        if (_distinct?.AreAll == true && _rows.Count >= 2)
        {
            var idle = $"Left out, being text: {string.Join(", ", names)}. With --by, each of its values becomes a series.";
            return SeriesSet.Of(_rows.Single(), [.. warnings, idle]);
        }
        return SeriesSet.Of(_rows, [.. Enumerable.Range(0, _rows.Series).Select(_keys.Key)], names, _rows.Metrics, warnings);
    }
}
