namespace AiOutliers.Service.Options;

/// <param name="Span">How far back to look.</param>
/// <param name="Rows">The most rows that are added before a query's own.</param>
/// <param name="CacheBytes">Complete rows that are kept in memory; 0 keeps none.</param>
public sealed record HistorySettings(HistorySpan Span, int Rows, long CacheBytes);
