namespace AiOutliers.Engine.Analysis.History;

/// <summary>What is asked for before a query's own rows, and what of it is kept.</summary>
public sealed record HistorySettings
{
    /// <summary>How far back to look.</summary>
    public HistorySpan Span { get; init; } = HistorySpan.Auto;

    /// <summary>The most rows that are added before a query's own.</summary>
    public int Rows { get; init; } = 20_160;

    /// <summary>Complete rows that are kept in memory; 0 keeps none.</summary>
    public long CacheBytes { get; init; } = 128L << 20;
}
