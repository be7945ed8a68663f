namespace AiOutliers.Druid.Files;

/// <summary>What is selected of a Parquet file, as the expressions of a statement.</summary>
/// <param name="Time">The time.</param>
/// <param name="Times">How the expression gives it.</param>
/// <param name="Dimensions">Texts.</param>
/// <param name="Metrics">Numbers.</param>
internal sealed record ParquetColumns(string Time, TimeForm Times, IReadOnlyList<string> Dimensions, IReadOnlyList<string> Metrics);
