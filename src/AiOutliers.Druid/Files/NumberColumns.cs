using System.Runtime.CompilerServices;

namespace AiOutliers.Druid.Files;

/// <summary>The values of the rows of a table.</summary>
internal sealed class NumberColumns
{
    private readonly IReadOnlyList<TableMetric> _columns;
    private readonly string _file;
    private readonly int _width;
    private readonly int[] _targets;
    private double[] _values = [];

    /// <param name="columns">The columns of numbers.</param>
    /// <param name="metrics">The metrics, each name once.</param>
    /// <param name="file">What messages call the file.</param>
    public NumberColumns(IReadOnlyList<TableMetric> columns, IReadOnlyList<string> metrics, string file)
    {
        (_columns, _file, _width) = (columns, file, metrics.Count);
        _targets = [.. columns.Select(column => metrics.ToList().IndexOf(column.Name))];
    }

    /// <summary>The values of each row of a chunk that has a time, row by row.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="times">The times of its rows.</param>
    /// <param name="before">The rows before it.</param>
    /// <exception cref="Detection.AiOutliersException">A field is not a number.</exception>
    public ReadOnlySpan<double> Read(ColumnVector[] chunk, ReadOnlySpan<long> times, long before)
    {
        if (_values.Length < times.Length * _width)
            _values = new double[times.Length * _width];
        var values = _values.AsSpan(0, times.Length * _width);
        values.Fill(double.NaN);
        for (var at = 0; at < _targets.Length; at++)
        {
            if (_columns[at].Numbers is null)
                ReadNumbers(chunk[_columns[at].Column], times.Length, values[_targets[at]..]);
            else
                ReadTexts(chunk[_columns[at].Column], _columns[at], times, values[_targets[at]..], before);
        }
        return values;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadNumbers(ColumnVector column, int rows, Span<double> values)
    {
        var numbers = column.Doubles(rows);
        for (var row = 0; row < numbers.Length; row++)
        {
            if (column.AreAllThere || !column.IsNull(row))
                values[row * _width] = MissingTexts.Mended(numbers[row]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadTexts(ColumnVector column, TableMetric metric, ReadOnlySpan<long> times, Span<double> values, long before)
    {
        var allowsPoint = !metric.Numbers!.HasDecimalComma;
        for (var row = 0; row < times.Length; row++)
        {
            if (times[row] == RowTime.None || column.IsNull(row))
                continue;
            var text = column.Text(row);
            values[row * _width] = PlainNumber.TryParse(text, allowsPoint, out var value) ? value : Number(text, metric, before + row + 1);
        }
    }

    private double Number(ReadOnlySpan<byte> text, TableMetric metric, long row) =>
        metric.Numbers!.TryParse(FieldText.Of(text), out var value)
        ? value
        : throw TableFileReader.Wrong($"'{metric.Name}' of row {row} of {_file} is not a number: '{FieldText.Shown(text)}'");
}
