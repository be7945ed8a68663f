using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Files;

/// <summary>What a file holds: rows, or a Druid query that fetches them.</summary>
/// <param name="Series">The rows; null for a query.</param>
/// <param name="Query">The query, UTF-8 JSON; null for rows.</param>
public sealed record InputContent(SeriesSet? Series, byte[]? Query);
