using System.Buffers;

namespace AiOutliers.Detection.Numerics;

/// <summary>Numbers borrowed from the shared pool until <see cref="Dispose"/>; what is in them at first is undefined.</summary>
internal readonly ref struct PooledBuffer(int length)
{
    private readonly double[] _rented = ArrayPool<double>.Shared.Rent(length);

    public Span<double> Span => _rented.AsSpan(0, length);

    public void Dispose() => ArrayPool<double>.Shared.Return(_rented);
}
