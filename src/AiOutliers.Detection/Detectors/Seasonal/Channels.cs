using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// Four views of how far each point is from what it should be, each in robust standard deviations, so that they can be added; and the
/// baseline that the first of them measures from. The season is a matter of time: baseline and scale have one value at every point. The
/// views have one for every known value, in order: missing ones are left out, as if the rows around them were neighbours.
/// </summary>
internal readonly ref struct Channels
{
    private Channels(int n, int known, int period, int longPeriod, scoped ref Scratch scratch)
    {
        (Period, LongPeriod) = (period, longPeriod);
        Baseline = scratch.Take(n);
        Scale = scratch.Take(n);
        Seasonal = scratch.Take(known);
        Local = scratch.Take(known);
        Autoregressive = scratch.Take(known);
        Global = scratch.Take(known);
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

    /// <param name="series">The series, neither short nor flat.</param>
    /// <param name="period">P; 0 none.</param>
    /// <param name="pointsPerDay">0 unknown.</param>
    /// <param name="scratch">Keeps the channels.</param>
    public static Channels Of(ScannedSeries series, int period, int pointsPerDay, scoped ref Scratch scratch)
    {
        var units = series.Units;
        var known = series.T;
        var t = series.AtPoints;
        using var autoregressive = new AutoregressiveChannel(known);
        var longPeriod = period == 0 ? 0 : LongPeriodFinder.Find(t, known.Length, period, scratch);
        var channels = new Channels(t.Length, known.Length, period, longPeriod, ref scratch);
        var residual = scratch.Take(known.Length);
        var deviation = Sums.StandardDeviation(known);
        var noise = SeasonalChannel.Compute(t, known, deviation, series.CountNoise, channels, residual, scratch);
        // No scale is smaller: where nearly all values are alike, a small change would otherwise be infinitely odd.
        var minimum = Math.Max(Math.Max(noise, 0.005 * deviation), 1e-9 * Math.Abs(TensorPrimitives.MaxMagnitude<double>(known)));
        autoregressive.BeginScaling(minimum);
        LocalChannel.Compute(residual, minimum, channels.Local, scratch);
        autoregressive.CopyTo(channels);
        if (pointsPerDay > 0)
            DailyJobs.LeaveOut(channels, series.Known, pointsPerDay);
        var mean = Sums.Mean(units);
        TensorPrimitives.Subtract(units, mean, channels.Global);
        TensorPrimitives.Divide(channels.Global, Sums.StandardDeviation(units, mean), channels.Global);
        return channels;
    }
}
