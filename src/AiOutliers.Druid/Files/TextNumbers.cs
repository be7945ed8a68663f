using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Gives each different text a number, from 0 on. In files the texts of a column repeat, and mostly in the same order: what came after
/// a text the last time is compared before anything is looked up.
/// </summary>
internal sealed class TextNumbers
{
    private const int None = -1;

    private readonly Dictionary<byte[], int> _index = new(new SeriesKeyBytes());
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly List<byte[]?> _texts = [];
    private readonly List<int> _next = [];
    private int _null = None;
    private int _last = None;

    public TextNumbers() => _lookup = _index.GetAlternateLookup<ReadOnlySpan<byte>>();

    public int Count => _texts.Count;

    /// <summary>The number of rows without a text.</summary>
    public int OfNull()
    {
        if (_null == None)
            _null = Add(null);
        return _last = _null;
    }

    /// <param name="text">Bytes.</param>
    public int Of(ReadOnlySpan<byte> text)
    {
        var expected = _last == None ? None : _next[_last];
        if (expected != None && _texts[expected] is { } known && text.SequenceEqual(known))
            return _last = expected;
        if (!_lookup.TryGetValue(text, out var number))
        {
            var bytes = text.ToArray();
            number = Add(bytes);
            _index[bytes] = number;
        }
        if (_last != None)
            _next[_last] = number;
        return _last = number;
    }

    /// <summary>The text with a number; null for that of none.</summary>
    public byte[]? this[int number] => _texts[number];

    private int Add(byte[]? text)
    {
        _texts.Add(text);
        _next.Add(None);
        return _texts.Count - 1;
    }
}
