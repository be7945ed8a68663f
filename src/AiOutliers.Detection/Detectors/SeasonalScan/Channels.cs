using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>
/// Four views of how far each point is from what it should be, each in robust standard deviations, so that they can be added; and the baseline that the
/// first of them measures from.
/// </summary>
internal readonly ref struct Channels
{
    private Channels(int n, int period, int longPeriod, ref Scratch scratch)
    {
        (Period, LongPeriod) = (period, longPeriod);
        Baseline = scratch.Take(n);
        Scale = scratch.Take(n);
        Seasonal = scratch.Take(n);
        Local = scratch.Take(n);
        Autoregressive = scratch.Take(n);
        Global = scratch.Take(n);
    }

    /// <summary>The usual value, transformed.</summary>
    public Span<double> Baseline { get; }

    /// <summary>One robust standard deviation around it, transformed.</summary>
    public Span<double> Scale { get; }

    /// <summary>z: against the usual at this phase of the season.</summary>
    public Span<double> Seasonal { get; }

    /// <summary>l: what of it the surrounding 121 points do not share.</summary>
    public Span<double> Local { get; }

    /// <summary>a: against the prediction from the neighbours.</summary>
    public Span<double> Autoregressive { get; }

    /// <summary>g: against the mean of the whole series.</summary>
    public Span<double> Global { get; }

    /// <summary>P, 0 if none.</summary>
    public int Period { get; }

    /// <summary>Q, 0 if none.</summary>
    public int LongPeriod { get; }

    /// <param name="units">The series in units of the transform.</param>
    /// <param name="t">The transformed series, neither short nor flat.</param>
    /// <param name="pointsPerDay">0 unknown.</param>
    /// <param name="scratch">Keeps the channels.</param>
    public static Channels Of(ReadOnlySpan<double> units, ReadOnlySpan<double> t, int pointsPerDay, ref Scratch scratch)
    {
        var period = PeriodFinder.Find(t, pointsPerDay, scratch);
        var channels = new Channels(t.Length, period, period == 0 ? 0 : LongPeriodFinder.Find(t, period, scratch), ref scratch);
        var residual = scratch.Take(t.Length);
        var deviation = Sums.StandardDeviation(t);
        SeasonalChannel.Compute(t, deviation, channels, residual, scratch);
        // No scale is smaller: where nearly all values are alike, a small change would otherwise be infinitely odd.
        var least = Math.Max(0.005 * deviation, 1e-9 * Math.Abs(TensorPrimitives.MaxMagnitude(t)));
        LocalChannel.Compute(residual, least, channels.Local, scratch);
        AutoregressiveChannel.Compute(t, least, channels, scratch);
        var mean = Sums.Mean(units);
        TensorPrimitives.Subtract(units, mean, channels.Global);
        TensorPrimitives.Divide(channels.Global, Sums.StandardDeviation(units, mean), channels.Global);
        return channels;
    }
}
