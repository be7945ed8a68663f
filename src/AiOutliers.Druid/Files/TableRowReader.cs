using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Files;

/// <summary>Puts the rows of a table into <see cref="RowBlocks"/>.</summary>
internal sealed class TableRowReader
{
    /// <summary>Some 500 MB of keys.</summary>
    private const int MostSeries = 4_000_000;

    private readonly TableScan _table;
    private readonly string _file;
    private readonly int _time;
    private readonly TableColumn[] _columns;
    private readonly TableMetric[] _metrics;
    private readonly TextNumbers[] _dimensions;
    private readonly TextNumbers _keys = new();
    private readonly int[] _key;
    private readonly RowBlocks _rows;
    private readonly int[] _targets;
    private readonly double[] _values;
    private readonly LocalTimes? _clock;
    private readonly TimeTexts? _times;
    private readonly DistinctTimes? _distinct;
    private long _row;
    private long _untimed;

    /// <param name="table">What its columns are.</param>
    /// <param name="file">What messages call the file.</param>
    /// <param name="options">What the content does not tell.</param>
    public TableRowReader(TableScan table, string file, InputOptions options)
    {
        (_table, _file) = (table, file);
        (_time, _columns, _metrics) = (table.Time.Column, [.. table.Dimensions], [.. table.Metrics]);
        _dimensions = [.. table.Dimensions.Select(static _ => new TextNumbers())];
        _key = new int[_dimensions.Length];
        _rows = new([.. table.Metrics.Select(static metric => metric.Name)]);
        _values = new double[_rows.Metrics.Count];
        _targets = [.. table.Metrics.Select(metric => _rows.Metrics.ToList().IndexOf(metric.Name))];
        _clock = options.Clock();
        _times = table.Times == TimeForm.Text ? new(table.Time.Name, file, options, _clock) : null;
        _distinct = options.By is null && _key.Length > 0 ? new(_values.Length) : null;
    }

    /// <summary>All rows, as series.</summary>
    /// <param name="scan">The rows.</param>
    /// <param name="warnings">What is known of the file before.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Detection.AiOutliersException">A field is not what its column holds.</exception>
    public SeriesSet Read(ColumnScan scan, IEnumerable<string> warnings, CancellationToken cancellation)
    {
        while (scan.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            for (var row = 0; row < scan.Rows; row++)
                Add(scan.Columns, row);
        }
        _rows.Texts = _times?.Texts;
        return Result([.. warnings, .. Untimed(), .. _clock?.Warnings() ?? []]);
    }

    private void Add(ColumnVector[] columns, int row)
    {
        _row++;
        var time = Time(columns[_time], row);
        if (time == RowTime.None)
        {
            _untimed++;
            return;
        }
        for (var at = 0; at < _key.Length; at++)
        {
            var column = columns[_columns[at].Column];
            _key[at] = column.IsNull(row) ? _dimensions[at].OfNull() : _dimensions[at].Of(column.Text(row));
        }
        _values.AsSpan().Fill(double.NaN);
        for (var at = 0; at < _targets.Length; at++)
        {
            var column = columns[_metrics[at].Column];
            if (!column.IsNull(row))
                _values[_targets[at]] = Number(column, row, _metrics[at]);
        }
        _rows.Add(Series(), time, _values);
        _distinct?.Add(RowTime.Milliseconds(time));
    }

    /// <summary>The series of the row. With one dimension it is the number of its text.</summary>
    private int Series()
    {
        var series = _key.Length switch { 0 => 0, 1 => _key[0], _ => _keys.Of(MemoryMarshal.AsBytes(_key.AsSpan())) };
        return series < MostSeries ? series : throw TableFileReader.Wrong(string.Create(CultureInfo.InvariantCulture,
            $"{_file} has more than {MostSeries:N0} series by {string.Join(", ", _table.Dimensions.Select(static one => one.Name))}; "
                + $"name fewer columns with --by"));
    }

    private long Time(ColumnVector column, int row)
    {
        if (column.IsNull(row))
            return RowTime.None;
        if (_times is not null)
            return _times.Of(column.Text(row), _row);
        var time = column.Int64(row);
        return RowTime.Of(_clock is not null && _table.Times == TimeForm.Local ? _clock.ToInstant(time) : time);
    }

    private double Number(ColumnVector column, int row, TableMetric metric)
    {
        if (metric.Numbers is not { } numbers)
            return MissingValues.Mended(column.Double(row));
        var utf8 = column.Text(row);
        if (PlainNumber.TryParse(utf8, !numbers.HasDecimalComma, out var value))
            return value;
        var text = Encoding.UTF8.GetString(utf8);
        return numbers.TryParse(text, out value)
            ? value
            : throw TableFileReader.Wrong($"'{metric.Name}' of row {_row} of {_file} is not a number: '{Shown(text)}'");
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

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
        SeriesKey[] keys = [.. Enumerable.Range(0, _rows.Series).Select(series => Key(series, names))];
        return SeriesSet.Of(_rows, keys, names, _rows.Metrics, warnings);
    }

    private SeriesKey Key(int series, string[] names)
    {
        if (names.Length == 0)
            return SeriesKey.None;
        var parts = new List<KeyValuePair<string, string>>();
        ReadOnlySpan<int> numbers = names.Length == 1 ? [series] : MemoryMarshal.Cast<byte, int>(_keys[series]);
        for (var at = 0; at < names.Length; at++)
        {
            if (!_dimensions[at].IsNull(numbers[at]))
                parts.Add(new(names[at], Encoding.UTF8.GetString(_dimensions[at][numbers[at]])));
        }
        return parts.Count == 0 ? SeriesKey.None : new(parts);
    }
}
