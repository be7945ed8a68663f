using System.Buffers;
using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// What an autoregressive model of order 24, fitted to the series without its spikes, does not predict. It needs no season, so it is
/// computed while the season is looked for.
/// </summary>
internal sealed class AutoregressiveErrors : IDisposable
{
    private const int MostOrder = 24;
    private const double SpikeDeviations = 4;

    /// <summary>
    /// The last points have no neighbours behind them that could explain them: only what came before them counts, without its spikes, so
    /// that nothing smears. After so many points the run of seven medians sees a spike as one.
    /// </summary>
    private const int Latest = 3;

    private readonly double[] _memory;
    private readonly int _points;
    private readonly int _order;
    private readonly Lazy<bool> _areThere;

    /// <param name="t">The transformed series; it is copied.</param>
    public AutoregressiveErrors(ReadOnlySpan<double> t)
    {
        (_points, _order) = (t.Length, Math.Min(MostOrder, t.Length / 10));
        // The series, the errors, and four of scratch: y, its smooth version, the difference, and the copy that a median sorts.
        _memory = ArrayPool<double>.Shared.Rent(6 * t.Length);
        t.CopyTo(_memory);
        _areThere = Beside.Begin(t.Length, Compute);
    }

    /// <summary>The errors, one a point; empty for a series too short for a model.</summary>
    public ReadOnlySpan<double> Values => _areThere.Value ? _memory.AsSpan(_points, _points) : [];

    public void Dispose()
    {
        // Nobody else may get the memory before the work on it has ended.
        _ = _areThere.Value;
        ArrayPool<double>.Shared.Return(_memory);
    }

    private bool Compute()
    {
        if (_order == 0)
            return false;
        var t = _memory.AsSpan(0, _points);
        var errors = _memory.AsSpan(_points, _points);
        var scratch = new Scratch(_memory.AsSpan(2 * _points));
        var y = scratch.Take(_points);
        WithoutSpikes(t, y, scratch);
        Span<double> filter = stackalloc double[_order + 1];
        var median = Robust.Median(y, scratch);
        Span<double> latest = stackalloc double[Math.Min(Latest, _points - _order)];
        var mean = Sums.Mean(y);
        LinearPrediction.Fit(y, filter);
        for (var i = 0; i < latest.Length; i++)
            latest[i] = LinearPrediction.ForwardError(t[_points - latest.Length + i] - mean, y[..(_points - latest.Length + i)], filter);
        TensorPrimitives.Subtract(t, median, y);
        LinearPrediction.Errors(y, filter, errors);
        latest.CopyTo(errors[^latest.Length..]);
        return true;
    }

    private static void WithoutSpikes(ReadOnlySpan<double> t, Span<double> y, Scratch scratch)
    {
        var smooth = scratch.Take(t.Length);
        var difference = scratch.Take(t.Length);
        RunningMedian.Of7(t, smooth);
        TensorPrimitives.Subtract(t, smooth, difference);
        var limit = SpikeDeviations * Robust.Scale(difference, scratch).Spread;
        for (var i = 0; i < t.Length; i++)
            y[i] = Math.Abs(difference[i]) > limit ? smooth[i] : t[i];
    }
}
