using System.Buffers;
using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>
/// Anomaly scores and verdicts for one equally spaced series, without training. The value is taken to the logarithm, its season is found, and three views of
/// each point (against the season, against its surroundings, against the prediction from its neighbours) are added as energies, over which windows of several
/// lengths are scanned: agreement counts, and short windows because events are short. Multiplying the series by a power of two changes nothing
/// but the unit of the expected values.
/// </summary>
internal static class SeasonalScan
{
    /// <summary>With fewer there is nothing to compare with.</summary>
    public const int LeastPoints = 8;

    private const int LeastPointsSustained = 100;
    private const int ShortestSustained = 25;

    /// <param name="values">Equally spaced; NaN or infinite where missing.</param>
    /// <param name="pointsPerDay">0 when the step is not known.</param>
    /// <param name="sensitivity">How easily a point is called anomalous.</param>
    /// <param name="classes">The alarms wanted, among sharp, sustained and outage.</param>
    public static SeasonalScanResult Run(
        ReadOnlySpan<double> values, int pointsPerDay = 0, Sensitivity? sensitivity = null, AlarmClasses classes = AlarmClasses.All)
    {
        var rented = ArrayPool<double>.Shared.Rent(ScratchLength(values.Length));
        try
        {
            return Run(values, pointsPerDay, Levels.Of(sensitivity ?? Sensitivity.Normal), classes, new Scratch(rented));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    internal static int ScratchLength(int n) => 60 * n + 2000;

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
        if (IsFlat(units))
            return Unjudged(SeasonalScanState.Flat, x);
        var channels = Channels.Of(units, t, pointsPerDay, ref scratch);
        var result = NewResult(SeasonalScanState.Judged, n) with { Period = channels.Period, LongPeriod = channels.LongPeriod };
        result = Judge(x, channels, levels, classes, result, scratch);
        ExpectedBand.Compute(transform, channels, result);
        channels.Seasonal.CopyTo(result.Deviation);
        ClearMissing(values, result);
        return result;
    }

    /// <summary>Relative to the series' own size, so that its unit does not matter.</summary>
    private static bool IsFlat(ReadOnlySpan<double> units) => Sums.StandardDeviation(units) <= 1e-12 * Math.Abs(TensorPrimitives.MaxMagnitude(units));

    private static SeasonalScanResult Judge(
        ReadOnlySpan<double> x, Channels channels, Levels levels, AlarmClasses classes, SeasonalScanResult result, Scratch scratch)
    {
        var n = x.Length;
        var sharp = scratch.Take(n);
        var seasonal = scratch.Take(n);
        Scores.Compute(channels, sharp, seasonal, result, scratch);
        var threshold = Math.Max(levels.SharpLeast, levels.SharpFactor * Robust.Quantile(result.Point, 0.75, scratch));
        if (classes.HasFlag(AlarmClasses.Sharp))
            Alarms.MarkRuns(result.Point, threshold, sharp, 9, AlarmClasses.Sharp, result.Alarms);
        if (classes.HasFlag(AlarmClasses.Outage))
            Alarms.MarkZeroRuns(x, result.Alarms);
        result = result with { SharpThreshold = threshold };
        if (n < LeastPointsSustained || !classes.HasFlag(AlarmClasses.Sustained))
            return result;
        var statistic = GC.AllocateUninitializedArray<double>(n);
        ScanStatistic.Of(seasonal, n / 30, 0.5, dilate: false, ShortestSustained, statistic, scratch);
        var (median, mad) = Robust.MedianAndMad(statistic, scratch);
        threshold = Math.Max(levels.SustainedLeast, median + levels.SustainedDeviations * mad);
        Alarms.MarkRuns(statistic, threshold, seasonal, 4, AlarmClasses.Sustained, result.Alarms);
        return result with { Sustained = statistic, SustainedThreshold = threshold };
    }

    private static void ClearMissing(ReadOnlySpan<double> values, SeasonalScanResult result)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
                continue;
            result.Range[i] = result.Point[i] = result.Wide[i] = result.Deviation[i] = 0;
            result.Alarms[i] = AlarmClasses.None;
            if (result.Sustained.Length > 0)
                result.Sustained[i] = 0;
        }
    }

    private static SeasonalScanResult Unjudged(SeasonalScanState state, ReadOnlySpan<double> x)
    {
        var result = NewResult(state, x.Length);
        foreach (var score in (ReadOnlySpan<double[]>)[result.Range, result.Point, result.Wide, result.Deviation])
            score.AsSpan().Clear();
        foreach (var value in (ReadOnlySpan<double[]>)[result.Expected, result.Lower, result.Upper])
            x.CopyTo(value);
        return result;
    }

    private static SeasonalScanResult NewResult(SeasonalScanState state, int n) => new()
    {
        State = state,
        Range = GC.AllocateUninitializedArray<double>(n),
        Point = GC.AllocateUninitializedArray<double>(n),
        Wide = GC.AllocateUninitializedArray<double>(n),
        Deviation = GC.AllocateUninitializedArray<double>(n),
        Expected = GC.AllocateUninitializedArray<double>(n),
        Lower = GC.AllocateUninitializedArray<double>(n),
        Upper = GC.AllocateUninitializedArray<double>(n),
        Sustained = [],
        Alarms = new AlarmClasses[n],
    };
}
