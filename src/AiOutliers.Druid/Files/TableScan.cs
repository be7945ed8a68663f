namespace AiOutliers.Druid.Files;

/// <summary>What the columns of a <see cref="ColumnScan"/> are.</summary>
/// <param name="Time">The time of a row.</param>
/// <param name="HasTimeTexts">Whether it is a text, and not in milliseconds since 1970.</param>
/// <param name="Dimensions">What the series are told apart by.</param>
/// <param name="Metrics">The numbers.</param>
internal sealed record TableScan(
    TableColumn Time, bool HasTimeTexts, IReadOnlyList<TableColumn> Dimensions, IReadOnlyList<TableMetric> Metrics);
