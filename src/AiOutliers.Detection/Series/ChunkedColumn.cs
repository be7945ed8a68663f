namespace AiOutliers.Detection.Series;

/// <summary>A column that grows without moving the values that it holds, so that a long one never exists twice.</summary>
internal sealed class ChunkedColumn<T> where T : struct
{
    private const int ChunkBits = 16;
    private const int Mask = (1 << ChunkBits) - 1;

    private readonly List<T[]> _chunks = [];

    public int Count { get; private set; }

    public T this[int index] => _chunks[index >> ChunkBits][index & Mask];

    public void Add(T value)
    {
        if (Count >> ChunkBits == _chunks.Count)
            _chunks.Add(GC.AllocateUninitializedArray<T>(1 << ChunkBits));
        _chunks[^1][Count++ & Mask] = value;
    }

    /// <summary>Adds the same value until the column has so many.</summary>
    public void FillTo(int count, T value)
    {
        while (Count < count)
            Add(value);
    }
}
