using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Explanation;

/// <summary>Which window of which series is to be explained, by which dimensions.</summary>
public sealed record ExplanationRequest
{
    /// <summary>The most elements where nobody says how many.</summary>
    public const int UsualTop = 3;

    /// <summary>The query that the series came from.</summary>
    public required DruidQuery Query { get; init; }

    /// <summary>Which of its series, where it has many.</summary>
    public SeriesKey Key { get; init; } = SeriesKey.None;

    public required string Metric { get; init; }

    public required TimeWindow Window { get; init; }

    /// <summary>The direction of the incident.</summary>
    public Direction Direction { get; init; } = Direction.Both;

    /// <summary>What the detector saw in the window, and what it expected; null where no detector was asked.</summary>
    public (double Value, double Expected)? Judged { get; init; }

    /// <summary>Whose clock earlier weeks keep to; null takes that of the query's granularity, or the configured one.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>The dimensions to look into; empty takes the configured ones.</summary>
    public IReadOnlyList<string> Dimensions { get; init; } = [];

    /// <summary>The most elements.</summary>
    public int Top { get; init; } = UsualTop;
}
