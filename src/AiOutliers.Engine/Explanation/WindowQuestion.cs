using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Explanation;

/// <summary>Which stretch of which series is to be explained: a window, or an incident of the query's own interval.</summary>
public sealed record WindowQuestion
{
    /// <summary>The query that the series came from.</summary>
    public required DruidQuery Query { get; init; }

    /// <summary>Which of its series, where it has many.</summary>
    public SeriesKey Key { get; init; } = SeriesKey.None;

    /// <summary>The judged metric; null chooses one.</summary>
    public string? Metric { get; init; }

    /// <summary>The window; null where an incident is asked about.</summary>
    public TimeWindow? Window { get; init; }

    /// <summary>The incident's id.</summary>
    public string? Incident { get; init; }

    /// <summary>Which way it moved; <see cref="Detection.Incidents.Direction.Both"/> takes the total's.</summary>
    public Direction Direction { get; init; } = Direction.Both;

    /// <summary>What judges; null takes the configured detector.</summary>
    public IDetector? Detector { get; init; }

    /// <summary>Whose clock earlier weeks keep to; null takes that of the query's granularity, or the configured one.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>The dimensions to look into; empty takes the configured ones.</summary>
    public IReadOnlyList<string> Dimensions { get; init; } = [];

    /// <summary>The most elements.</summary>
    public int Top { get; init; } = ExplanationRequest.UsualTop;
}
