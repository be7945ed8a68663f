namespace AiOutliers.Druid.Files;

/// <summary>What the columns of a table are.</summary>
/// <param name="Time">The time of a row.</param>
/// <param name="Times">How it is written.</param>
/// <param name="Dimensions">What the series are told apart by.</param>
/// <param name="Metrics">The numbers.</param>
/// <param name="Clock">The time of day, where <paramref name="Time"/> is a date.</param>
internal sealed record TableScan(
    TableColumn Time, TimeForm Times, IReadOnlyList<TableColumn> Dimensions, IReadOnlyList<TableMetric> Metrics,
    TableColumn? Clock = null);
