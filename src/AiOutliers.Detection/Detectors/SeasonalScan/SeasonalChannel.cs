using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>z: the distance from what is usual at this phase of the season, or, without one, from the level of the surrounding eighth of the series.</summary>
internal static class SeasonalChannel
{
    // No scale below 2 % of the whole series' deviation: phases that happened to agree are no reason for alarm.
    private const double LeastShare = 0.02;

    /// <param name="t">The transformed series.</param>
    /// <param name="deviation">Its standard deviation.</param>
    /// <param name="channels">Baseline, scale and the seasonal channel are filled.</param>
    /// <param name="residual">Becomes t minus the baseline.</param>
    /// <param name="scratch">Working memory.</param>
    public static void Compute(ReadOnlySpan<double> t, double deviation, Channels channels, Span<double> residual, Scratch scratch)
    {
        if (channels.LongPeriod > 0)
            WithSeason(t, deviation, channels, residual, scratch);
        else
            WithoutSeason(t, deviation, channels, residual, scratch);
    }

    private static void WithSeason(ReadOnlySpan<double> t, double deviation, Channels channels, Span<double> residual, Scratch scratch)
    {
        var period = channels.LongPeriod;
        var baseline = channels.Baseline;
        GridMedian.Of(t, period, clamp: true, baseline, scratch);
        EdgeTrend.Slope(baseline, period);
        TensorPrimitives.Subtract(t, baseline, residual);
        var usual = scratch.Take(period);
        var spread = scratch.Take(period);
        PhaseProfile.Of(residual, period, usual, [], scratch);
        for (var start = 0; start < t.Length; start += period)
        {
            var cycle = baseline.Slice(start, Math.Min(period, t.Length - start));
            TensorPrimitives.Add(cycle, usual[..cycle.Length], cycle);
        }
        TensorPrimitives.Subtract(t, baseline, residual);
        PhaseProfile.Of(residual, period, usual, spread, scratch);
        // Half of the variance is the phase's own, half the whole series'.
        var whole = Robust.Scale(residual, scratch).Spread;
        for (var phase = 0; phase < period; phase++)
            spread[phase] = Math.Max(Math.Sqrt(0.5 * whole * whole + 0.5 * spread[phase] * spread[phase]), LeastShare * deviation);
        for (var start = 0; start < t.Length; start += period)
            spread[..Math.Min(period, t.Length - start)].CopyTo(channels.Scale[start..]);
        TensorPrimitives.Divide(residual, channels.Scale, channels.Seasonal);
    }

    private static void WithoutSeason(ReadOnlySpan<double> t, double deviation, Channels channels, Span<double> residual, Scratch scratch)
    {
        var width = Math.Max(5, t.Length / 8) | 1;
        GridMedian.Of(t, width, clamp: true, channels.Baseline, scratch);
        EdgeTrend.Line(channels.Baseline, t, width, scratch);
        TensorPrimitives.Subtract(t, channels.Baseline, residual);
        var (median, spread) = Robust.Scale(residual, scratch);
        spread = Math.Max(spread, LeastShare * deviation);
        channels.Scale.Fill(spread);
        TensorPrimitives.Subtract(residual, median, channels.Seasonal);
        TensorPrimitives.Divide(channels.Seasonal, spread, channels.Seasonal);
    }
}
