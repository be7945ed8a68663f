namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Numbers borrowed until <see cref="Dispose"/>; what is in them at first is undefined. Those of a long series (18 for each point) come
/// from the system: as arrays they would stay large objects until the next full collection, 10 to 15 MB after a page with two weeks at one
/// minute.
/// </summary>
internal readonly struct PooledBuffer(int length) : IDisposable
{
    /// <summary>1 MB; what is longer would be rounded up to a large object.</summary>
    private const int LargestArray = 1 << 17;

    private readonly double[]? _array = length <= LargestArray ? NumberPool.Rent(length) : null;
    private readonly SystemMemory? _memory = length > LargestArray ? new(length) : null;

    public Span<double> Span => _array is { } array ? array.AsSpan(0, length) : _memory!.Numbers;

    public void Dispose()
    {
        if (_array is { } array)
            NumberPool.Return(array);
        _memory?.Dispose();
    }
}
