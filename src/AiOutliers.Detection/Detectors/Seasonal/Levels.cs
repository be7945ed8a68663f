namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// What a sensitivity means. The false events a day that were measured: docs/detectors/seasonal-scan.md, Sensitivity.
/// </summary>
/// <param name="SharpFactor">c: a sharp event exceeds so many times the upper quartile of the point score.</param>
/// <param name="SharpLeast">T0: and at least this.</param>
/// <param name="SustainedDeviations">k2: a sustained one exceeds the median of its statistic by so many MADs.</param>
/// <param name="SustainedLeast">T2: and at least this.</param>
internal readonly record struct Levels(double SharpFactor, double SharpLeast, double SustainedDeviations, double SustainedLeast)
{
    private const int MostCoarsePoints = 8;
    private const double CoarseFactor = 0.6;

    public static Levels Of(Sensitivity sensitivity) => new(
        sensitivity.Threshold(quiet: 6, low: 5, normal: 4, high: 3.5),
        sensitivity.Threshold(quiet: 8, low: 6, normal: 6, high: 5),
        sensitivity.Threshold(quiet: 12, low: 10, normal: 10, high: 8),
        sensitivity.Threshold(quiet: 15, low: 12, normal: 12, high: 10));

    /// <summary>
    /// More rows a day are more chances for a false alarm, and events that last have more of them: sharp thresholds grow by (rows a
    /// day/288)^0.15. Hourly rows are many minutes each, and calmer: theirs fall by (rows a day/288)^0.1. With fewer rows than hours, or
    /// when the step is unknown, they stay; but where buckets have three hours and more, the windows of an odd one are a large share of
    /// all: there c is 0.6 of itself.
    /// </summary>
    public Levels At(int pointsPerDay)
    {
        if (pointsPerDay is > 0 and <= MostCoarsePoints)
            return this with { SharpFactor = CoarseFactor * SharpFactor };
        if (pointsPerDay < 24)
            return this;
        var factor = Math.Pow(pointsPerDay / 288.0, pointsPerDay > 288 ? 0.15 : 0.1);
        return this with { SharpFactor = SharpFactor * factor, SharpLeast = SharpLeast * factor };
    }
}
