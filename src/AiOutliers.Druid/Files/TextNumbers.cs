using System.Runtime.CompilerServices;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Gives each different text a number, from 0 on. In files the texts of a column repeat, and mostly in the same order: what came after
/// a text the last time is compared before anything is looked up.
/// </summary>
internal sealed class TextNumbers
{
    private const int None = -1;
    private const int MostBytes = 1 << 30;

    /// <summary>All texts, one behind the other.</summary>
    private byte[] _bytes = new byte[1024];
    private NumberedText[] _entries = new NumberedText[64];

    /// <summary>The last text of each remainder of a hash; from there on each knows the one before it.</summary>
    private int[] _buckets = Empty(128);
    private int _length;
    private int _null = None;
    private int _last = None;

    public int Count { get; private set; }

    /// <summary>The text with a number.</summary>
    public ReadOnlySpan<byte> this[int number] => _bytes.AsSpan(_entries[number].Start, _entries[number].Length);

    /// <summary>Whether a number is that of rows without a text.</summary>
    public bool IsNull(int number) => number == _null;

    /// <summary>The number of rows without a text.</summary>
    public int OfNull()
    {
        if (_null == None)
            _null = Add([], hash: 0);
        return _last = _null;
    }

    /// <param name="text">Bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(ReadOnlySpan<byte> text)
    {
        var expected = _last == None ? None : _entries[_last].Follower;
        if (expected != None && text.SequenceEqual(this[expected]))
            return _last = expected;
        return Find(text);
    }

    /// <summary>The number here of each of the other texts.</summary>
    public int[] Add(TextNumbers others)
    {
        var numbers = new int[others.Count];
        for (var number = 0; number < numbers.Length; number++)
            numbers[number] = others.IsNull(number) ? OfNull() : Of(others[number]);
        return numbers;
    }

    private int Find(ReadOnlySpan<byte> text)
    {
        var number = Known(text);
        if (_last != None)
            _entries[_last].Follower = number;
        return _last = number;
    }

    private int Known(ReadOnlySpan<byte> text)
    {
        var hashing = new HashCode();
        hashing.AddBytes(text);
        var hash = hashing.ToHashCode();
        for (var number = _buckets[hash & (_buckets.Length - 1)]; number != None; number = _entries[number].Next)
        {
            if (_entries[number].Hash == hash && text.SequenceEqual(this[number]))
                return number;
        }
        var added = Add(text, hash);
        Link(added);
        return added;
    }

    private int Add(ReadOnlySpan<byte> text, int hash)
    {
        if (MostBytes - _length < text.Length)
            throw TableFileReader.Wrong("the different texts of a column take more than 1 GB");
        if (_length + text.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + text.Length));
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        text.CopyTo(_bytes.AsSpan(_length));
        _entries[Count] = new() { Start = _length, Length = text.Length, Hash = hash, Next = None, Follower = None };
        _length += text.Length;
        return Count++;
    }

    private void Link(int number)
    {
        if (Count * 2 > _buckets.Length)
        {
            _buckets = Empty(_buckets.Length * 4);
            for (var other = 0; other < number; other++)
            {
                if (!IsNull(other))
                    Chain(other);
            }
        }
        Chain(number);
    }

    private void Chain(int number)
    {
        ref var bucket = ref _buckets[_entries[number].Hash & (_buckets.Length - 1)];
        _entries[number].Next = bucket;
        bucket = number;
    }

    private static int[] Empty(int length) => [.. Enumerable.Repeat(None, length)];
}
