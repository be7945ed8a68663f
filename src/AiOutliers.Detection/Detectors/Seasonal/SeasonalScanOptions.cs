using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>Options of <see cref="SeasonalScanDetector"/>.</summary>
public sealed record SeasonalScanOptions
{
    /// <summary>Every option, by name.</summary>
    public static readonly IReadOnlyList<DetectorOption<SeasonalScanOptions>> All =
    [
        new("sensitivity", "How easily a row is called anomalous.", Sensitivity.Allowed,
            static options => options.Sensitivity.ToString(),
            static (options, text) => Sensitivity.TryParse(text, out var value) ? options with { Sensitivity = value } : null),
        new("alarms", "The alarms that are on.", AlarmNames.Allowed,
            static options => AlarmNames.Of(options.Alarms),
            static (options, text) => AlarmNames.TryParse(text, out var value) ? options with { Alarms = value } : null),
        DetectorOption<SeasonalScanOptions>.Choice("direction", "Which deviations are of interest.",
            [("both", Direction.Both), ("up", Direction.Up), ("down", Direction.Down)],
            static options => options.Filter.Direction,
            static (options, value) => options with { Filter = options.Filter with { Direction = value } }),
        DetectorOption<SeasonalScanOptions>.Number("min_deviation",
            "The least |value − expected| of an incident, in the metric's unit.", 0, double.PositiveInfinity,
            static options => options.Filter.MinDeviation,
            static (options, value) => options with { Filter = options.Filter with { MinDeviation = value } }),
        DetectorOption<SeasonalScanOptions>.Number("min_deviation_percent",
            "The least deviation of an incident, in percent of the expected value.", 0, double.PositiveInfinity,
            static options => options.Filter.MinRelativeDeviation * 100,
            static (options, value) => options with { Filter = options.Filter with { MinRelativeDeviation = value / 100 } }),
        DetectorOption<SeasonalScanOptions>.Choice("ignore_gaps", "Whether missing rows raise no alarm.",
            [("true", true), ("false", false)],
            static options => options.IgnoreGaps,
            static (options, value) => options with { IgnoreGaps = value }),
        new("time_zone", "Whose clock days and weekends keep to.",
            TimeZones.Allowed,
            static options => options.TimeZone.Id,
            static (options, text) => TimeZones.TryFind(text, out var zone) ? options with { TimeZone = zone } : null),
    ];

    /// <summary>How many false events a day are acceptable; docs/detectors/seasonal-scan.md has the figures.</summary>
    public Sensitivity Sensitivity { get; init; } = Sensitivity.Normal;

    /// <summary>The alarms that are on.</summary>
    public AlarmClasses Alarms { get; init; } = AlarmClasses.All;

    /// <summary>Which incidents are reported; scores do not depend on it.</summary>
    public IncidentFilter Filter { get; init; } = new();

    /// <summary>
    /// Whether missing rows raise no alarm. When false, a gap that is longer than the series lets expect is an incident of
    /// kind outage; it has no rows, so no row is anomalous for it.
    /// </summary>
    public bool IgnoreGaps { get; init; } = true;

    /// <summary>
    /// The place's: days and weekends are those of its clock. With UTC, what people do moves by an hour when summer time begins or ends,
    /// and looks like a ramp.
    /// </summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
