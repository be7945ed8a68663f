using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private readonly TextNumbers _keys = new();
    private readonly int[] _key = new int[columns.Count];
    private int[] _series = [];

    private int Count => columns.Count == 1 ? _texts[0].Count : _keys.Count;

    /// <summary>The series of each row of a chunk that has a time.</summary>
    /// <exception cref="AiOutliersException">There are too many.</exception>
    public ReadOnlySpan<int> Read(ColumnVector[] chunk, ReadOnlySpan<long> times)
    {
        if (_series.Length < times.Length)
            _series = new int[times.Length];
        if (columns.Count == 1)
            ReadOne(chunk[columns[0].Column], times);
        else if (columns.Count > 1)
            ReadMany(chunk, times);
        return Count <= MostSeries ? _series.AsSpan(0, times.Length) : throw TooMany();
    }

    /// <summary>Takes the keys of another part of the table.</summary>
    /// <param name="part">The other part's.</param>
    /// <param name="series">How many series it has.</param>
    /// <returns>The number here of each of its series.</returns>
    /// <exception cref="AiOutliersException">There are too many.</exception>
    public int[] Add(KeyColumns part, int series)
    {
        int[][] texts = [.. _texts.Zip(part._texts, static (own, others) => own.Add(others))];
        if (columns.Count == 1)
            return Count <= MostSeries ? texts[0] : throw TooMany();
        var numbers = new int[series];
        for (var other = 0; other < series && columns.Count > 1; other++)
        {
            var key = MemoryMarshal.Cast<byte, int>(part._keys[other]);
            for (var at = 0; at < _key.Length; at++)
                _key[at] = texts[at][key[at]];
            numbers[other] = _keys.Of(MemoryMarshal.AsBytes(_key.AsSpan()));
        }
        return Count <= MostSeries ? numbers : throw TooMany();
    }

    /// <summary>The key of a series.</summary>
    public SeriesKey Key(int series)
    {
        var parts = new List<KeyValuePair<string, string>>();
        var numbers = columns.Count > 1 ? MemoryMarshal.Cast<byte, int>(_keys[series]) : [series];
        for (var at = 0; at < columns.Count; at++)
        {
            if (!_texts[at].IsNull(numbers[at]))
                parts.Add(new(columns[at].Name, FieldText.Of(_texts[at][numbers[at]])));
        }
        return parts.Count == 0 ? SeriesKey.None : new(parts);
    }

    /// <summary>The series is the number of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadOne(ColumnVector column, ReadOnlySpan<long> times)
    {
        var (texts, series) = (_texts[0], _series);
        for (var row = 0; row < times.Length; row++)
        {
            if (times[row] != RowTime.None)
                series[row] = column.IsNull(row) ? texts.OfNull() : texts.Of(column.Text(row));
        }
    }

    private void ReadMany(ColumnVector[] chunk, ReadOnlySpan<long> times)
    {
        for (var row = 0; row < times.Length; row++)
        {
            if (times[row] == RowTime.None)
                continue;
            for (var at = 0; at < _key.Length; at++)
            {
                var column = chunk[columns[at].Column];
                _key[at] = column.IsNull(row) ? _texts[at].OfNull() : _texts[at].Of(column.Text(row));
            }
            _series[row] = _keys.Of(MemoryMarshal.AsBytes(_key.AsSpan()));
        }
    }

    private AiOutliersException TooMany() => TableFileReader.Wrong(string.Create(CultureInfo.InvariantCulture,
        $"{file} has more than {MostSeries:N0} series by {string.Join(", ", columns.Select(static one => one.Name))}; "
            + $"name fewer columns with --by"));
}
