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

    /// <summary>Rows that a run asks for: one for each entity and new bucket.</summary>
    public required long RowsPerRun { get; init; }

    /// <summary>What the state of the entities takes in memory, and again in the model store.</summary>
    public required long StateBytes { get; init; }

    /// <summary>About what a run takes of a processor, the data source's not counted.</summary>
    public required long ProcessorMilliseconds { get; init; }

    public required long SourceMilliseconds { get; init; }

    public required long JudgingMilliseconds { get; init; }
}
