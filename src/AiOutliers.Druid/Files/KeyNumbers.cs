using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AiOutliers.Druid.Files;

/// <summary>Gives each different key, which has a number for each dimension, its own: from 0 on, in the order of appearance.</summary>
/// <param name="dimensions">How many numbers a key has; at least one.</param>
internal sealed class KeyNumbers(int dimensions)
{
    private const int None = -1;

    /// <summary>With one dimension: the number of each key, and the key of each number.</summary>
    private readonly List<int> _single = [];
    private int[] _ofSingle = [];

    /// <summary>With more.</summary>
    private readonly TextNumbers _keys = new();

    public int Count => dimensions == 1 ? _single.Count : _keys.Count;

    /// <summary>The key with a number.</summary>
    public ReadOnlySpan<int> this[int number] =>
        dimensions == 1 ? CollectionsMarshal.AsSpan(_single).Slice(number, 1) : MemoryMarshal.Cast<byte, int>(_keys[number]);

    public int Of(ReadOnlySpan<int> key)
    {
        if (dimensions > 1)
            return _keys.Of(MemoryMarshal.AsBytes(key));
        MakeRoom(key[0] + 1);
        return _ofSingle[key[0]] is var known and not None ? known : Add(key[0]);
    }

    /// <summary>The same for keys of one dimension, of those rows that have a time.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="most">All are below it.</param>
    /// <param name="times">The rows' times.</param>
    /// <param name="numbers">Gets the numbers; 0 where the time is missing.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OfAll(ReadOnlySpan<int> keys, int most, ReadOnlySpan<long> times, Span<int> numbers)
    {
        MakeRoom(most);
        var known = _ofSingle;
        for (var row = 0; row < times.Length; row++)
        {
            if (times[row] == RowTime.None)
                numbers[row] = 0;
            else
                numbers[row] = known[keys[row]] is var number and not None ? number : Add(keys[row]);
        }
    }

    private int Add(int key)
    {
        _ofSingle[key] = _single.Count;
        _single.Add(key);
        return _single.Count - 1;
    }

    private void MakeRoom(int keys)
    {
        if (keys <= _ofSingle.Length)
            return;
        var before = _ofSingle.Length;
        Array.Resize(ref _ofSingle, Math.Max(keys, before * 2));
        _ofSingle.AsSpan(before).Fill(None);
    }
}
