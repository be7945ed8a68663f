using System.Buffers;

namespace AiOutliers.Detection.Numerics;

/// <summary>Numbers borrowed from a pool until <see cref="Dispose"/>; what is in them at first is undefined.</summary>
internal readonly ref struct PooledBuffer(int length)
{
    /// <summary>
    /// 64 kB: the shared pool would keep one of each size for every thread that ever needed one, and more for each processor.
    /// </summary>
    private const int Large = 8192;

    /// <summary>8 MB, for some weeks at one minute. A pool never gives its arrays back: what is larger is the collector's.</summary>
    private const int LargestKept = 1 << 20;

    private static readonly ArrayPool<double> LargeOnes = ArrayPool<double>.Create(LargestKept, 2 * Environment.ProcessorCount);

    private readonly double[] _rented = length > LargestKept
        ? GC.AllocateUninitializedArray<double>(length)
        : PoolOf(length).Rent(length);

    public Span<double> Span => _rented.AsSpan(0, length);

    public void Dispose()
    {
        if (length <= LargestKept)
            PoolOf(length).Return(_rented);
    }

    private static ArrayPool<double> PoolOf(int length) => length > Large ? LargeOnes : ArrayPool<double>.Shared;
}
