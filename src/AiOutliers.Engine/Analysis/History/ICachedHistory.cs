namespace AiOutliers.Engine.Analysis.History;

/// <summary>Complete rows in memory.</summary>
internal interface ICachedHistory
{
    /// <summary>What they take.</summary>
    long Bytes { get; }

    /// <summary>When the oldest of them were asked for.</summary>
    DateTimeOffset FetchedAt { get; }
}
