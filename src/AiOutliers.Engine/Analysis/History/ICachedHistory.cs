using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>Complete rows in memory.</summary>
internal interface ICachedHistory
{
    /// <summary>What they take.</summary>
    long Bytes { get; }

    /// <summary>When the oldest of them were asked for.</summary>
    DateTimeOffset FetchedAt { get; }

    /// <summary>The same rows as they are kept.</summary>
    ICachedHistory Pack(TableBlocks blocks) => this;

    /// <summary>The same rows as they are used.</summary>
    ICachedHistory Unpack() => this;

    /// <summary>Gives the blocks of packed rows back; false where the rows are left to the collector.</summary>
    bool TryFree(TableBlocks blocks) => false;
}
