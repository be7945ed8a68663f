using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// a: the surprise of one step, against an autoregressive model of order 24 fitted to the series without its spikes. The smaller of the
/// forward and the backward error does not smear after a spike. Needs no season: the errors are computed while the season is looked for,
/// and their scale beside the local channel.
/// </summary>
internal sealed class AutoregressiveChannel : IDisposable
{
    private readonly PooledBuffer _memory;
    private readonly int _points;
    private readonly Lazy<bool> _errors;
    private Lazy<bool>? _deviations;

    /// <param name="t">The transformed series; it is copied.</param>
    public AutoregressiveChannel(ReadOnlySpan<double> t)
    {
        _points = t.Length;
        // The series, the errors, and four of scratch: y, its smooth version, the difference, and what a median leaves of it.
        _memory = new(6 * t.Length);
        t.CopyTo(_memory.Span);
        _errors = Beside.Begin(
            t.Length, () => AutoregressiveErrors.Compute(_memory.Span[.._points], Errors, new Scratch(_memory.Span[(2 * _points)..])));
    }

    private Span<double> Errors => _memory.Span.Slice(_points, _points);

    /// <summary>Begins to divide the errors by their scale.</summary>
    /// <param name="least">The smallest scale that counts.</param>
    public void BeginScaling(double least)
    {
        // Asked for here: work that waits for other work could wait for what nobody does.
        var areErrors = _errors.Value;
        _deviations = Beside.Begin(_points, () => areErrors && Scale(least));
    }

    /// <param name="channels">The autoregressive channel is filled; it is the local one for a series too short for a model.</param>
    public void CopyTo(Channels channels) => (_deviations!.Value ? Errors : channels.Local).CopyTo(channels.Autoregressive);

    public void Dispose()
    {
        // Nobody else may get the memory before the work on it has ended.
        _ = _errors.Value;
        _ = _deviations?.Value;
        _memory.Dispose();
    }

    private bool Scale(double least)
    {
        var scratch = new Scratch(_memory.Span[(2 * _points)..]);
        TensorPrimitives.Divide(Errors, Math.Max(Robust.Scale(Errors, scratch).Spread, least), Errors);
        FollowLocalScale(Errors, scratch);
        return true;
    }

    private static void FollowLocalScale(Span<double> errors, Scratch scratch)
    {
        var scale = scratch.Take(errors.Length);
        var mix = LocalErrorScale.Of(errors, scale, scratch);
        if (mix <= 0)
            return;
        var whole = Robust.Scale(errors, scratch).Spread;
        TensorPrimitives.Max(scale, LocalErrorScale.Least * whole, scale);
        TensorPrimitives.Multiply(scale, scale, scale);
        TensorPrimitives.Multiply(scale, mix, scale);
        TensorPrimitives.Add(scale, (1 - mix) * whole * whole, scale);
        TensorPrimitives.Sqrt(scale, scale);
        TensorPrimitives.Multiply(errors, whole, errors);
        TensorPrimitives.Divide(errors, scale, errors);
    }
}
