using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>A window after a look at its data.</summary>
internal sealed record JudgedWindow
{
    /// <summary>One of <see cref="RunStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why it is so; null where there is nothing to say.</summary>
    public string? Reason { get; init; }

    public required WindowResult Result { get; init; }

    public long RowsRead { get; init; }

    /// <summary>Rows of the data source's answer, with the history.</summary>
    public long RowsAnswered { get; init; }

    /// <summary>Why entities were not judged, with their number.</summary>
    public IReadOnlyDictionary<string, int> NotJudged { get; init; } = new Dictionary<string, int>();

    /// <summary>Series that the detector judged; of the others it was clear that they are ordinary.</summary>
    public int Whole { get; init; }

    public TimeSpan Source { get; init; }

    public TimeSpan Judging { get; init; }
}
