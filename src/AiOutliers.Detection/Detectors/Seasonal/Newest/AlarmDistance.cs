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
    // Below 0.8 no alarm was seen (generator, seeds 9200 to 9399): what is estimated differs by a fifth from what a judgement finds.
    internal const double NearSharp = 0.75, NearSustained = 0.75;

    /// <summary>The statistics are exact. Values are kept with an error of 2^-12: up to a hundredth of the least noise, 0.03.</summary>
    private const double NearLevel = 0.98;

    /// <summary>Below this a level is far away: how far is not computed.</summary>
    internal const double FarLevel = 0.5;

    /// <summary>Nothing is known, which is near enough.</summary>
    public static readonly AlarmDistance Unknown = new(1, 1, 1, 1);

    /// <summary>
    /// Whether <see cref="Sustained"/> is near, or would be near, only as weekends are said to be like working days, or not: that changes
    /// within hours, as a window moves on, so it has to be learned anew.
    /// </summary>
    public bool DependsOnWeekends { get; init; }

    /// <summary>Whether the series has to be judged to know.</summary>
    public bool IsNear => !(Sharp < NearSharp && Sustained < NearSustained && Outage < 1 && Level < NearLevel);

    /// <summary>Whether the level may be over its threshold soon.</summary>
    public bool NearsLevel => !(Level < FarLevel);
}
