namespace AiOutliers.Detection.Numerics;

/// <summary>Numbers borrowed from <see cref="NumberPool"/> until <see cref="Dispose"/>; what is in them at first is undefined.</summary>
internal readonly ref struct PooledBuffer(int length)
{
    private readonly double[] _rented = NumberPool.Rent(length);

    public Span<double> Span => _rented.AsSpan(0, length);

    public void Dispose() => NumberPool.Return(_rented);
}
