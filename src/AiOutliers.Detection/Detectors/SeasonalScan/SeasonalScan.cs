using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>
/// Anomaly scores and verdicts for one equally spaced series, without training. The values are taken to their logarithm, the season is found, and three views
/// of each point (against the season, against its surroundings, against the prediction from its neighbours) are added as energies, over which windows of
/// several lengths are scanned: agreement counts, and windows are short because events are. Multiplying the series by a power of two changes nothing
/// but the unit of the expected values. May be called from many threads at once; allocates nothing but the result.
/// </summary>
internal static class SeasonalScan
{
    /// <summary>With fewer there is nothing to compare with.</summary>
    public const int LeastPoints = 8;

    private const int LeastPointsSustained = 100;

    // Deviations this small, against the largest value, are rounding.
    private const double FlatShare = 1e-12;

    /// <param name="values">Equally spaced; NaN or infinite where missing.</param>
    /// <param name="pointsPerDay">0 when the step is not known.</param>
    /// <param name="sensitivity">How easily a point is called anomalous.</param>
    /// <param name="classes">The alarms wanted, among sharp, sustained and outage.</param>
    public static SeasonalScanResult Run(ReadOnlySpan<double> values, int pointsPerDay, Sensitivity sensitivity, AlarmClasses classes = AlarmClasses.All)
    {
        using var memory = new PooledBuffer(ScratchLength(values.Length));
        return Run(values, pointsPerDay, Levels.Of(sensitivity), classes, new Scratch(memory.Span));
    }

    /// <summary>The working memory of a run: at most 13 n in the search for the period, 18 n in the scans, and a few small windows.</summary>
    internal static int ScratchLength(int n) => 18 * n + 1024;

    private static SeasonalScanResult Run(ReadOnlySpan<double> values, int pointsPerDay, Levels levels, AlarmClasses classes, Scratch scratch)
    {
        var n = values.Length;
        var x = scratch.Take(n);
        var known = MissingValues.Fill(values, x);
        if (known == 0)
        {
            x.Fill(double.NaN);
            return Unjudged(SeasonalScanState.NoData, x);
        }
        if (known < LeastPoints)
            return Unjudged(SeasonalScanState.TooShort, x);
        var units = scratch.Take(n);
        var t = scratch.Take(n);
        var transform = TrafficTransform.For(x, scratch);
        transform.Apply(x, units, t);
        if (Sums.StandardDeviation(units) <= FlatShare * Math.Abs(TensorPrimitives.MaxMagnitude(units)))
            return Unjudged(SeasonalScanState.Flat, x);
        var channels = Channels.Of(units, t, pointsPerDay, ref scratch);
        var result = Judge(x, channels, levels, classes, scratch);
        ExpectedBand.Compute(transform, channels, result.Expected, result.Lower, result.Upper);
        ClearMissing(values, result);
        return result;
    }

    private static SeasonalScanResult Judge(ReadOnlySpan<double> x, Channels channels, Levels levels, AlarmClasses classes, Scratch scratch)
    {
        var n = x.Length;
        var range = NewArray(n);
        var point = NewArray(n);
        var wide = NewArray(n);
        var sharpEnergy = NewArray(n);
        var seasonalEnergy = scratch.Take(n);
        Scores.Compute(channels, sharpEnergy, seasonalEnergy, range, point, wide, scratch);
        var sustained = n >= LeastPointsSustained && classes.HasFlag(AlarmClasses.Sustained) ? NewArray(n) : [];
        if (sustained.Length > 0)
            ScanStatistic.Of(seasonalEnergy, n / 30, 0.5, dilate: false, Verdict.ShortestSustained, sustained, scratch);
        var alarms = new AlarmClasses[n];
        if (classes.HasFlag(AlarmClasses.Outage))
            Verdict.MarkZeroRuns(x, alarms);
        return new()
        {
            State = SeasonalScanState.Judged,
            Period = channels.Period,
            LongPeriod = channels.LongPeriod,
            Range = range,
            Point = point,
            Wide = wide,
            Sustained = sustained,
            Deviation = channels.Seasonal.ToArray(),
            SharpEnergy = sharpEnergy,
            Expected = NewArray(n),
            Lower = NewArray(n),
            Upper = NewArray(n),
            Alarms = alarms,
            SharpThreshold = classes.HasFlag(AlarmClasses.Sharp) ? Verdict.MarkSharp(point, sharpEnergy, levels, alarms, scratch) : 0,
            SustainedThreshold = sustained.Length > 0 ? Verdict.MarkSustained(sustained, seasonalEnergy, levels, alarms, scratch) : 0,
        };
    }

    private static void ClearMissing(ReadOnlySpan<double> values, SeasonalScanResult result)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
                continue;
            result.Range[i] = result.Point[i] = result.Wide[i] = result.Deviation[i] = result.SharpEnergy[i] = 0;
            result.Alarms[i] = AlarmClasses.None;
            if (result.Sustained.Length > 0)
                result.Sustained[i] = 0;
        }
    }

    private static SeasonalScanResult Unjudged(SeasonalScanState state, ReadOnlySpan<double> expected) => new()
    {
        State = state,
        Range = new double[expected.Length],
        Point = new double[expected.Length],
        Wide = new double[expected.Length],
        Sustained = [],
        Deviation = new double[expected.Length],
        SharpEnergy = new double[expected.Length],
        Expected = expected.ToArray(),
        Lower = expected.ToArray(),
        Upper = expected.ToArray(),
        Alarms = new AlarmClasses[expected.Length],
    };

    private static double[] NewArray(int n) => GC.AllocateUninitializedArray<double>(n);
}
