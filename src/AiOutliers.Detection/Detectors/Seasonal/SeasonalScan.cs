using System.Numerics.Tensors;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// Anomaly scores and verdicts for one equally spaced series, without training. The values are transformed so that their noise has one
/// size, and the season is found. Three views of each point (against the season, against its surroundings, against the prediction from its
/// neighbours) are added as energies. Windows of several lengths are scanned over the energies: agreement counts, and windows are short
/// because events are. Missing values take no part, and neither do long outages, once they are found. Multiplying the series by a power of
/// two changes nothing but the unit of the expected values. May be called from many threads at once, and lets another core take a part of a
/// long series; allocates hardly more than the result.
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
    public static SeasonalScanResult Run(
        ReadOnlySpan<double> values, int pointsPerDay, Sensitivity sensitivity, AlarmClasses classes = AlarmClasses.All)
    {
        var known = MissingValues.Places(values);
        using var memory = new PooledBuffer(ScratchLength(values.Length, known.Length));
        return Run(values, known, pointsPerDay, Levels.Of(sensitivity).At(pointsPerDay), classes, new Scratch(memory.Span));
    }

    /// <summary>The working memory of a run: at most 17 n, or 28 n with gaps, and a few small windows.</summary>
    internal static int ScratchLength(int n, int known) => (known < n ? 28 : 18) * n + 1024;

    private static SeasonalScanResult Run(
        ReadOnlySpan<double> values, int[] known, int pointsPerDay, Levels levels, AlarmClasses classes, Scratch scratch)
    {
        if (known.Length < LeastPoints)
            return Unjudged(known.Length == 0 ? SeasonalScanState.NoData : SeasonalScanState.TooShort, values, scratch);
        var series = new ScannedSeries(values, known, pointsPerDay, ref scratch);
        if (Sums.StandardDeviation(series.Units) <= FlatShare * Math.Abs(TensorPrimitives.MaxMagnitude<double>(series.Units)))
            return Unjudged(SeasonalScanState.Flat, values, scratch);
        var period = PeriodFinder.Find(series.AtPoints, known.Length, pointsPerDay, scratch);
        var zeroRuns = ZeroRuns.Find(series.X, known, pointsPerDay > 1 ? pointsPerDay : period);
        var outages = LongOutages.Of(zeroRuns, known.Length, period);
        return outages.AreNone
            ? Judge(series, Channels.Of(series, period, pointsPerDay, ref scratch), zeroRuns, levels, classes, scratch)
            : RunWithout(outages, series, values, pointsPerDay, levels, classes);
    }

    private static SeasonalScanResult RunWithout(
        LongOutages outages, ScannedSeries series, ReadOnlySpan<double> values, int pointsPerDay, Levels levels, AlarmClasses classes)
    {
        using var memory = new PooledBuffer(ScratchLength(values.Length, known: 0));
        var scratch = new Scratch(memory.Span);
        var rest = scratch.Take(values.Length);
        outages.LeaveOut(values, series.Known, rest);
        var shorter = new ScannedSeries(rest, MissingValues.Places(rest), pointsPerDay, ref scratch);
        var period = PeriodFinder.Find(shorter.AtPoints, shorter.Known.Length, pointsPerDay, scratch);
        var channels = Channels.Of(shorter, period, pointsPerDay, ref scratch);
        return outages.Insert(Judge(shorter, channels, outages.Others, levels, classes, scratch), series, channels, classes);
    }

    private static SeasonalScanResult Judge(
        ScannedSeries series, Channels channels, IReadOnlyList<(int Start, int End)> zeroRuns,
        Levels levels, AlarmClasses classes, Scratch scratch)
    {
        var n = series.Known.Length;
        var range = NewArray(n);
        var point = NewArray(n);
        var wide = NewArray(n);
        var sharpEnergy = NewArray(n);
        var seasonalEnergy = scratch.Take(n);
        var pedestal = Scores.Compute(channels, sharpEnergy, seasonalEnergy, range, point, wide, scratch);
        var sustained = n >= LeastPointsSustained && classes.HasFlag(AlarmClasses.Sustained) ? NewArray(n) : [];
        if (sustained.Length > 0)
            ScanStatistic.Of(seasonalEnergy, Scores.LongestWide(n), 0.5, dilate: false, Verdict.ShortestSustained, sustained, scratch);
        var alarms = new AlarmClasses[n];
        if (classes.HasFlag(AlarmClasses.Outage))
        {
            foreach (var (start, end) in zeroRuns)
                Verdict.Mark(alarms.AsSpan(start, end - start), AlarmClasses.Outage);
        }
        var points = channels.Baseline.Length;
        var result = new SeasonalScanResult
        {
            State = SeasonalScanState.Judged,
            Known = series.Known,
            Period = channels.Period,
            LongPeriod = channels.LongPeriod,
            Range = range,
            Point = point,
            Wide = wide,
            Pedestal = pedestal,
            Sustained = sustained,
            Deviation = channels.Seasonal.ToArray(),
            SharpEnergy = sharpEnergy,
            Expected = NewArray(points),
            Lower = NewArray(points),
            Upper = NewArray(points),
            Transform = series.Transform,
            Scale = channels.Scale.ToArray(),
            Alarms = alarms,
            SharpThreshold = classes.HasFlag(AlarmClasses.Sharp) ? Verdict.MarkSharp(point, sharpEnergy, levels, alarms, scratch) : 0,
            SustainedThreshold = sustained.Length > 0 ? Verdict.MarkSustained(sustained, seasonalEnergy, levels, alarms, scratch) : 0,
        };
        ExpectedBand.Compute(series.Transform, channels, result.Expected, result.Lower, result.Upper);
        return result;
    }

    private static SeasonalScanResult Unjudged(SeasonalScanState state, ReadOnlySpan<double> values, Scratch scratch)
    {
        var expected = scratch.Take(values.Length);
        if (MissingValues.Fill(values, expected) == 0)
            expected.Fill(double.NaN);
        return new()
        {
            State = state,
            Known = [],
            Range = [],
            Point = [],
            Wide = [],
            Sustained = [],
            Deviation = [],
            SharpEnergy = [],
            Expected = expected.ToArray(),
            Lower = expected.ToArray(),
            Upper = expected.ToArray(),
            Transform = default,
            Scale = [],
            Alarms = [],
        };
    }

    private static double[] NewArray(int n) => GC.AllocateUninitializedArray<double>(n);
}
