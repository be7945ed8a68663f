using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Files;

/// <summary>The series of the rows of a table: each combination of the texts of its dimensions is one.</summary>
/// <param name="columns">The dimensions.</param>
/// <param name="file">What messages call the file.</param>
internal sealed class KeyColumns(IReadOnlyList<TableColumn> columns, string file)
{
    /// <summary>Some 500 MB of keys.</summary>
    private const int MostSeries = 4_000_000;

    private readonly TextNumbers[] _texts = [.. columns.Select(static _ => new TextNumbers())];
    private readonly int[][] _numbers = [.. columns.Select(static _ => Array.Empty<int>())];
    private readonly KeyNumbers _keys = new(columns.Count);
    private readonly int[] _key = new int[columns.Count];
    private int[] _series = [];

    /// <summary>The number of each row's text in a dimension.</summary>
    public void Number(int dimension, ColumnVector texts, Span<int> numbers)
    {
        var known = _texts[dimension];
        for (var row = 0; row < numbers.Length; row++)
            numbers[row] = texts.IsNull(row) ? known.OfNull() : known.Of(texts.Text(row));
    }

    /// <summary>The series of each row of a chunk that has a time.</summary>
    /// <param name="chunk">Its dimensions are texts in a text file, and what <see cref="Number"/> gave for them in a database.</param>
    /// <param name="times">The times.</param>
    /// <exception cref="AiOutliersException">There are too many.</exception>
    public ReadOnlySpan<int> Read(ColumnVector[] chunk, ReadOnlySpan<long> times)
    {
        if (_series.Length < times.Length)
            _series = new int[times.Length];
        if (columns.Count == 1)
            _keys.OfAll(Numbers(0, chunk, times.Length), _texts[0].Count, times, _series);
        else if (columns.Count > 1)
            ReadMany(chunk, times);
        return Checked(_series.AsSpan(0, times.Length));
    }

    /// <summary>Takes the keys of another part of the table.</summary>
    /// <param name="part">The other part's.</param>
    /// <param name="series">How many series it has.</param>
    /// <returns>The number here of each of its series.</returns>
    /// <exception cref="AiOutliersException">There are too many.</exception>
    public int[] Add(KeyColumns part, int series)
    {
        int[][] texts = [.. _texts.Zip(part._texts, static (own, others) => own.Add(others))];
        var numbers = new int[series];
        for (var other = 0; other < series && columns.Count > 0; other++)
        {
            var key = part._keys[other];
            for (var at = 0; at < _key.Length; at++)
                _key[at] = texts[at][key[at]];
            numbers[other] = _keys.Of(_key);
        }
        Checked([]);
        return numbers;
    }

    /// <summary>The key of a series.</summary>
    public SeriesKey Key(int series)
    {
        var parts = new List<KeyValuePair<string, string>>();
        for (var at = 0; at < columns.Count; at++)
        {
            if (_keys[series][at] is var number && !_texts[at].IsNull(number))
                parts.Add(new(columns[at].Name, FieldText.Of(_texts[at][number])));
        }
        return parts.Count == 0 ? SeriesKey.None : new(parts);
    }

    private void ReadMany(ColumnVector[] chunk, ReadOnlySpan<long> times)
    {
        for (var at = 0; at < columns.Count; at++)
            Numbers(at, chunk, times.Length);
        for (var row = 0; row < times.Length; row++)
        {
            for (var at = 0; at < _key.Length; at++)
                _key[at] = _numbers[at][row];
            _series[row] = times[row] == RowTime.None ? 0 : _keys.Of(_key);
        }
    }

    private ReadOnlySpan<int> Numbers(int dimension, ColumnVector[] chunk, int rows)
    {
        if (_numbers[dimension].Length < rows)
            _numbers[dimension] = new int[rows];
        var numbers = _numbers[dimension].AsSpan(0, rows);
        var column = chunk[columns[dimension].Column];
        if (column.IsText)
            Number(dimension, column, numbers);
        else
            column.Int32s(rows).CopyTo(numbers);
        return numbers;
    }

    private ReadOnlySpan<int> Checked(ReadOnlySpan<int> series) => _keys.Count <= MostSeries
        ? series
        : throw TableFileReader.Wrong(string.Create(CultureInfo.InvariantCulture,
            $"{file} has more than {MostSeries:N0} series by {string.Join(", ", columns.Select(static one => one.Name))}; "
                + $"name fewer columns with --by"));
}
