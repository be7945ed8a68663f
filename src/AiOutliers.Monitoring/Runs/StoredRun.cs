using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace AiOutliers.Monitoring.Runs;

/// <summary>The run of one window. Times are milliseconds since 1970.</summary>
public sealed record StoredRun
{
    public string Monitor { get; init; } = "";

    public long Revision { get; init; }

    public long WindowFrom { get; init; }

    public long WindowTo { get; init; }

    /// <summary>Counts from 1; more when it was tried or judged again.</summary>
    public long Attempt { get; init; } = 1;

    /// <summary>One of <see cref="RunStates"/>.</summary>
    [AllowedValues(
        RunStates.Waiting, RunStates.Failed, RunStates.Done, RunStates.Incomplete, RunStates.NoData, RunStates.Skipped)]
    public string State { get; init; } = "";

    /// <summary>For people: a window that fails again and again shows it.</summary>
    [JsonIgnore]
    public string Words => Attempt > 1 ? $"{State}, attempt {Attempt}" : State;

    public string? Reason { get; init; }

    /// <summary>Rows of the window that the data source answered with.</summary>
    public long RowsRead { get; init; }

    /// <summary>Rows of the window that the data source had when late ones were last looked for; null before.</summary>
    public long? RowsCounted { get; init; }

    /// <summary>Entities that were judged.</summary>
    public long Judged { get; init; }

    /// <summary>Why others were not, with their number; JSON.</summary>
    public string? NotJudged { get; init; }

    /// <summary>Incidents that were opened, grew, or closed.</summary>
    public long Incidents { get; init; }

    public long SourceMilliseconds { get; init; }

    public long JudgingMilliseconds { get; init; }

    public long FinishedAt { get; init; }
}
