namespace AiOutliers.Druid.Embedded;

/// <param name="Time">The start of the bucket; null for the row of totals.</param>
/// <param name="Values">The results in the order of the query's names: long, double, text or null.</param>
internal readonly record struct TimeseriesRow(long? Time, ReadOnlyMemory<object?> Values);
