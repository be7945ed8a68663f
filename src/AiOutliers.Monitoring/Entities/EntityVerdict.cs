using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Entities;

/// <summary>What a run knows of one entity.</summary>
internal sealed record EntityVerdict
{
    /// <summary>Nothing stands out.</summary>
    public static readonly EntityVerdict Ordinary = new() { Skipped = 1 };

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Why it was not judged; null where it was.</summary>
    public string? NotJudged { get; init; }

    /// <summary>Whether it sent nothing although it should have: it was found, but it is not judged as ordinary again.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Of its series, those that the detector judged.</summary>
    public int Whole { get; init; }

    /// <summary>Those that needed no detector.</summary>
    public int Skipped { get; init; }
}
