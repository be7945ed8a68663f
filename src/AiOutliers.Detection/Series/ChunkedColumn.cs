using System.Runtime.CompilerServices;

namespace AiOutliers.Detection.Series;

/// <summary>A column that grows without moving the values that it holds, so that a long one never exists twice.</summary>
internal sealed class ChunkedColumn<T> where T : struct
{
    private const int ChunkBits = 16;
    private const int Mask = (1 << ChunkBits) - 1;

    /// <summary>A short column takes little: most answers have a few thousand rows.</summary>
    private const int FirstChunk = 1 << 10;

    private readonly List<T[]> _chunks = [];

    public int Count { get; private set; }

    /// <summary>What it takes.</summary>
    public long Bytes => _chunks.Sum(static chunk => (long)chunk.Length) * Unsafe.SizeOf<T>();

    public T this[int index] => _chunks[index >> ChunkBits][index & Mask];

    public void Add(T value)
    {
        if (Count >> ChunkBits == _chunks.Count)
            _chunks.Add(GC.AllocateUninitializedArray<T>(_chunks.Count == 0 ? FirstChunk : 1 << ChunkBits));
        else if (Count == _chunks[0].Length)
            _chunks[0] = Grown(_chunks[0]);
        _chunks[^1][Count++ & Mask] = value;
    }

    private static T[] Grown(T[] chunk)
    {
        var larger = GC.AllocateUninitializedArray<T>(2 * chunk.Length);
        chunk.CopyTo(larger, 0);
        return larger;
    }

    /// <summary>Adds the same value until the column has so many.</summary>
    public void FillTo(int count, T value)
    {
        while (Count < count)
            Add(value);
    }
}
