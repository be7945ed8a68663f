using System.Buffers;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>Room for <see cref="StepFits"/>, borrowed from the shared pool until <see cref="Dispose"/>.</summary>
internal readonly ref struct PooledFits()
{
    private readonly StepFit[] _rented = ArrayPool<StepFit>.Shared.Rent(StepFits.Room);

    public Span<StepFit> Span => _rented;

    public void Dispose() => ArrayPool<StepFit>.Shared.Return(_rented);
}
