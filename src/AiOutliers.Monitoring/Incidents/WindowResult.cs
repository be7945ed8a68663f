using AiOutliers.Detection.Series;

namespace AiOutliers.Monitoring.Incidents;

/// <summary>What a run of one window knows. Times are milliseconds since 1970.</summary>
public sealed record WindowResult
{
    /// <summary>The begin of the window's first bucket.</summary>
    public required long From { get; init; }

    /// <summary>The end of its last bucket.</summary>
    public required long To { get; init; }

    /// <summary>The width of a bucket.</summary>
    public required long Step { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The entities that had rows and were judged: of the others nobody knows whether they are ordinary again.</summary>
    public IReadOnlySet<SeriesKey> Judged { get; init; } = new HashSet<SeriesKey>();
}
