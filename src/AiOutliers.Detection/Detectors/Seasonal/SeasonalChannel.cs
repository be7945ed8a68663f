using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// z: the distance from what is usual at this phase of the season, or, without one, from the level of the surrounding eighth of the series.
/// </summary>
internal static class SeasonalChannel
{
    // The scale is at least 2 % of the whole series' deviation: phases that agree by chance are not a reason for an alarm.
    private const double LeastShare = 0.02;

    // A median over less follows what it should not.
    private const int LeastTrend = 20;

    // A window with this share of holes shows only a part of the day.
    private const double PartOfDay = 0.05;

    // A hole is an hour of a day, or three points, without values. Single missing rows leave values in every hour.
    private const int HolesPerSeason = 24;
    private const int LeastHole = 3;

    // The share of the values that a window has on average. With fewer it tells neither the day's level nor what differs from it.
    private const double WholeWindow = 0.75;
    private const double PartOfWindow = 0.25;

    /// <param name="t">The transformed series; NaN where a value is missing.</param>
    /// <param name="known">What is known of it, in order.</param>
    /// <param name="deviation">Its standard deviation.</param>
    /// <param name="countNoise">See <see cref="TrafficTransform.CountNoise"/>.</param>
    /// <param name="channels">Baseline and scale are filled at every point, the seasonal channel at the known ones.</param>
    /// <param name="residual">Becomes t minus the baseline, at the known points.</param>
    /// <param name="scratch">Working memory.</param>
    /// <returns>The count noise where it applies, else 0.</returns>
    public static double Compute(
        ReadOnlySpan<double> t, ReadOnlySpan<double> known, double deviation,
        double countNoise, Channels channels, Span<double> residual, Scratch scratch)
    {
        return channels.LongPeriod > 0
            ? WithSeason(t, deviation, countNoise, channels, residual, scratch)
            : WithoutSeason(t, known, deviation, countNoise, channels, residual, scratch);
    }

    private static double WithSeason(
        ReadOnlySpan<double> t, double deviation, double countNoise, Channels channels, Span<double> residual, Scratch scratch)
    {
        var (n, known, period) = (t.Length, residual.Length, channels.LongPeriod);
        var gaps = known < n;
        var baseline = channels.Baseline;
        var usual = scratch.Take(period);
        var spread = scratch.Take(period);
        var rest = gaps ? scratch.Take(n) : residual;
        var width = TrendWidth(period);
        GridMedian.Of(t, width, clamp: true, baseline, scratch, gaps ? WholeWindow : 1);
        if (gaps)
            RepairTrend(t, period, known, baseline, usual, rest, scratch);
        EdgeTrend.Slope(baseline, width);
        TensorPrimitives.Subtract(t, baseline, rest);
        PhaseProfile.Of(rest, period, usual, [], scratch, known);
        for (var start = 0; start < n; start += period)
        {
            var cycle = baseline.Slice(start, Math.Min(period, n - start));
            TensorPrimitives.Add(cycle, usual[..cycle.Length], cycle);
        }
        TensorPrimitives.Subtract(t, baseline, rest);
        PhaseProfile.Of(rest, period, usual, spread, scratch, known);
        if (gaps)
            MissingValues.CopyKnown(rest, residual);
        // Half of the variance is the phase's own, half the whole series'.
        var whole = Robust.Scale(residual, scratch).Spread;
        var noise = NoiseOf(whole, countNoise);
        var minimum = Math.Max(noise, LeastShare * deviation);
        for (var phase = 0; phase < period; phase++)
            spread[phase] = Math.Max(Math.Sqrt(0.5 * whole * whole + 0.5 * spread[phase] * spread[phase]), minimum);
        for (var start = 0; start < n; start += period)
            spread[..Math.Min(period, n - start)].CopyTo(channels.Scale[start..]);
        if (gaps)
        {
            TensorPrimitives.Divide(rest, channels.Scale, rest);
            MissingValues.CopyKnown(rest, channels.Seasonal);
        }
        else
        {
            TensorPrimitives.Divide(residual, channels.Scale, channels.Seasonal);
        }
        return noise;
    }

    /// <summary>
    /// Counts of independent events scatter by at least their own noise. A series that scatters by less than half of it is not such a
    /// count.
    /// </summary>
    private static double NoiseOf(double spread, double countNoise) => spread >= countNoise / 2 ? countNoise : 0;

    /// <summary>The season, or the least number of seasons that gives a median enough values to stand on.</summary>
    private static int TrendWidth(int period) => period * ((LeastTrend + period - 1) / period);

    /// <summary>
    /// What is left of a day is not the day's median. Where holes are in the window, the trend is that of what differs from the usual day,
    /// which any part of a day tells; from one to the other it changes gradually.
    /// </summary>
    private static void RepairTrend(
        ReadOnlySpan<double> t, int period, int known, Span<double> trend, Span<double> usual, Span<double> rest, Scratch scratch)
    {
        var n = t.Length;
        TensorPrimitives.Subtract(t, trend, rest);
        PhaseProfile.Of(rest, period, usual, [], scratch, known);
        for (var start = 0; start < n; start += period)
        {
            var length = Math.Min(period, n - start);
            TensorPrimitives.Subtract(t.Slice(start, length), usual[..length], rest.Slice(start, length));
        }
        var other = scratch.Take(n);
        GridMedian.Of(rest, TrendWidth(period), clamp: true, other, scratch, PartOfWindow);
        var holes = scratch.Take(n + 1);
        CountHoles(t, Math.Max(LeastHole, period / HolesPerSeason), holes);
        var width = Math.Min(TrendWidth(period) | 1, (n - 1) | 1);
        for (var i = 0; i < n; i++)
        {
            var start = Math.Clamp(i - width / 2, 0, n - width);
            var weight = Math.Min(1, (holes[start + width] - holes[start]) / (PartOfDay * width));
            trend[i] += weight * (other[i] - trend[i]);
        }
    }

    /// <summary>Before each point, how many are missing in runs of at least some length.</summary>
    private static void CountHoles(ReadOnlySpan<double> t, int minimum, Span<double> before)
    {
        before[0] = 0;
        for (var i = 0; i < t.Length;)
        {
            var end = i;
            while (end < t.Length && double.IsNaN(t[end]))
                end++;
            var counts = end - i >= minimum ? 1 : 0;
            for (end = Math.Max(end, i + 1); i < end; i++)
                before[i + 1] = before[i] + counts;
        }
    }

    /// <summary>Without a season the time between the values does not count: the known ones are judged as a series of their own.</summary>
    private static double WithoutSeason(
        ReadOnlySpan<double> t, ReadOnlySpan<double> known, double deviation,
        double countNoise, Channels channels, Span<double> residual, Scratch scratch)
    {
        var width = Math.Max(5, known.Length / 8) | 1;
        var baseline = known.Length < t.Length ? scratch.Take(known.Length) : channels.Baseline;
        GridMedian.Of(known, width, clamp: true, baseline, scratch);
        EdgeTrend.Line(baseline, known, width, scratch);
        TensorPrimitives.Subtract(known, baseline, residual);
        if (known.Length < t.Length)
        {
            for (var (i, next) = (0, 0); i < t.Length; i++)
                channels.Baseline[i] = double.IsNaN(t[i]) ? double.NaN : baseline[next++];
            MissingValues.Fill(channels.Baseline, channels.Baseline);
        }
        var (median, spread) = Robust.Scale(residual, scratch);
        var noise = NoiseOf(spread, countNoise);
        spread = Math.Max(Math.Max(spread, noise), LeastShare * deviation);
        channels.Scale.Fill(spread);
        TensorPrimitives.Subtract(residual, median, channels.Seasonal);
        TensorPrimitives.Divide(channels.Seasonal, spread, channels.Seasonal);
        return noise;
    }
}
