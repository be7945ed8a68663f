namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>
/// How near the newest point of a series is to each alarm: about its statistic over its threshold. 1 is the threshold, 0 is far away.
/// </summary>
/// <param name="Sharp">Of <c>sharp</c>.</param>
/// <param name="Sustained">Of <c>sustained</c>.</param>
/// <param name="Outage">Of a run of zeros.</param>
/// <param name="Level">Of a level that has left the usual day for hours, or has changed within the last day.</param>
public readonly record struct AlarmDistance(double Sharp, double Sustained, double Outage, double Level)
{
    // Below these no alarm was seen (generator, seeds below 100): what is estimated differs by up to a fifth from what a judgement finds.
    private const double NearSharp = 0.8, NearSustained = 0.8;

    /// <summary>The statistics are exact. Values are kept with an error of 2^-12: up to a hundredth of the least noise, 0.03.</summary>
    private const double NearLevel = 0.98;

    /// <summary>Below this a level is far away: how far is not computed.</summary>
    internal const double FarLevel = 0.5;

    /// <summary>Nothing is known, which is near enough.</summary>
    public static readonly AlarmDistance Unknown = new(1, 1, 1, 1);

    /// <summary>Whether the series has to be judged to know.</summary>
    public bool IsNear => !(Sharp < NearSharp && Sustained < NearSustained && Outage < 1 && Level < NearLevel);

    /// <summary>Whether the level may be over its threshold soon.</summary>
    public bool NearsLevel => !(Level < FarLevel);
}
