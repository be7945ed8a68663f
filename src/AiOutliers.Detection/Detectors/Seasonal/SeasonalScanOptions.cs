using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>Options of <see cref="SeasonalScanDetector"/>.</summary>
public sealed record SeasonalScanOptions
{
    /// <summary>How many false events a day are acceptable; docs/detectors/seasonal-scan.md has the figures.</summary>
    public Sensitivity Sensitivity { get; init; } = Sensitivity.Normal;

    /// <summary>The alarms that are on.</summary>
    public AlarmClasses Alarms { get; init; } = AlarmClasses.All;

    /// <summary>Which incidents are told; the scores know nothing of it.</summary>
    public IncidentFilter Filter { get; init; } = new();

    /// <summary>
    /// Whether missing rows are no reason for an alarm. When false, a gap that is longer than the series lets expect is
    /// an incident of kind outage;
    /// it has no rows, so no row is anomalous for it.
    /// </summary>
    public bool IgnoreGaps { get; init; } = true;

    /// <summary>
    /// The place's: days and weekends are those of its clock. With UTC, what people do moves by an hour when summer time begins or ends,
    /// and looks like a ramp.
    /// </summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
