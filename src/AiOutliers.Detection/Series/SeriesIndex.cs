using System.Runtime.InteropServices;

namespace AiOutliers.Detection.Series;

/// <summary>Finds the series of a row by its dimensions' values.</summary>
internal sealed class SeriesIndex
{
    private readonly Dictionary<byte[], int> _index = new(new SeriesKeyBytes());
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly List<byte[]> _keys = [];
    private readonly List<string> _dimensions = [];
    private readonly List<byte[]> _values = [];
    private readonly List<int> _lengths = [];
    private readonly List<byte> _key = [];

    public SeriesIndex() => _lookup = _index.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>The key of each series.</summary>
    public IReadOnlyList<byte[]> Keys => _keys;

    public IReadOnlyList<string> Dimensions => _dimensions;

    /// <summary>The position of a dimension; a new name gets a new one.</summary>
    public int DimensionOf(string name)
    {
        var index = _dimensions.IndexOf(name);
        if (index >= 0)
            return index;
        _dimensions.Add(name);
        _values.Add([]);
        _lengths.Add(-1);
        return _dimensions.Count - 1;
    }

    /// <summary>Sets a dimension of the current row, as UTF-8.</summary>
    public void Set(int dimension, ReadOnlySpan<byte> value)
    {
        if (_values[dimension].Length < value.Length)
            _values[dimension] = new byte[Math.Max(64, value.Length)];
        value.CopyTo(_values[dimension]);
        _lengths[dimension] = value.Length;
    }

    /// <summary>The series of the current row, a new one for a new key; the next row begins without values.</summary>
    public int OfRow()
    {
        _key.Clear();
        for (var dimension = 0; dimension < _lengths.Count; dimension++)
        {
            if (_lengths[dimension] >= 0)
                SeriesKey.Append(_key, dimension, _values[dimension].AsSpan(0, _lengths[dimension]));
            _lengths[dimension] = -1;
        }
        var key = CollectionsMarshal.AsSpan(_key);
        if (_lookup.TryGetValue(key, out var series))
            return series;
        _lookup[key] = _keys.Count;
        _keys.Add(key.ToArray());
        return _keys.Count - 1;
    }
}
