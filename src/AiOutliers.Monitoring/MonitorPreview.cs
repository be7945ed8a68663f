using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring;

/// <summary>What a monitor would have found in the last days, and what a run of it costs. Nothing was stored.</summary>
public sealed record MonitorPreview
{
    /// <summary>The days that were judged, milliseconds since 1970.</summary>
    public required long From { get; init; }

    public required long To { get; init; }

    /// <summary>Those that would have been opened, the newest first.</summary>
    public required IReadOnlyList<StoredIncident> Incidents { get; init; }

    /// <summary>How many alerts that makes: a begin and an end for each contact.</summary>
    public required int Alerts { get; init; }

    public required int Entities { get; init; }

    /// <summary>Why entities would not be judged, with their number.</summary>
    public required IReadOnlyDictionary<string, int> NotJudged { get; init; }

    /// <summary>Rows of the answer that a run reads: every entity's history.</summary>
    public required long RowsPerRun { get; init; }

    /// <summary>What they take in memory while a run judges.</summary>
    public required long BytesPerRun { get; init; }

    public required long SourceMilliseconds { get; init; }

    public required long JudgingMilliseconds { get; init; }
}
