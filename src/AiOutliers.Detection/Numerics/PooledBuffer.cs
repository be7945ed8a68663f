using System.Buffers;

namespace AiOutliers.Detection.Numerics;

/// <summary>Numbers borrowed from a pool until <see cref="Dispose"/>; what is in them at first is undefined.</summary>
internal readonly ref struct PooledBuffer(int length)
{
    /// <summary>A megabyte: the shared pool would keep one of each size for every thread that ever needed one.</summary>
    private const int Large = 131_072;

    private static readonly ArrayPool<double> LargeOnes = ArrayPool<double>.Create(1 << 28, 2 * Environment.ProcessorCount);

    private readonly double[] _rented = PoolOf(length).Rent(length);

    public Span<double> Span => _rented.AsSpan(0, length);

    public void Dispose() => PoolOf(length).Return(_rented);

    private static ArrayPool<double> PoolOf(int length) => length > Large ? LargeOnes : ArrayPool<double>.Shared;
}
