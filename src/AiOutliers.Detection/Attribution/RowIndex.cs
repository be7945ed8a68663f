namespace AiOutliers.Detection.Attribution;

/// <summary>Finds rows of equal codes: open addressing over the rows themselves.</summary>
internal sealed class RowIndex
{
    private readonly int[][] _codes;
    private readonly int[] _slots;
    private readonly int[] _rows;
    private int _count;

    public RowIndex(int[][] codes, int rows)
    {
        _codes = codes;
        _rows = new int[rows];
        _slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * rows))];
        Array.Fill(_slots, -1);
    }

    /// <returns>The number of the row's codes: a new one, or that of an earlier row.</returns>
    public int Add(int row)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)(Hash(row) >> 32) & mask; ; slot = (slot + 1) & mask)
        {
            if (_slots[slot] < 0)
            {
                _rows[_count] = row;
                return _slots[slot] = _count++;
            }
            if (AreEqual(_rows[_slots[slot]], row))
                return _slots[slot];
        }
    }

    private ulong Hash(int row)
    {
        var hash = 0UL;
        foreach (var codes in _codes)
        {
            // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): 2^64 over the golden ratio.
            hash = (hash ^ (uint)codes[row]) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 29;
        }
        return hash;
    }

    private bool AreEqual(int one, int other)
    {
        foreach (var codes in _codes)
        {
            if (codes[one] != codes[other])
                return false;
        }
        return true;
    }
}
