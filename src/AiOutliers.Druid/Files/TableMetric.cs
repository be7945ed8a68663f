namespace AiOutliers.Druid.Files;

/// <summary>A column of numbers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Column">Its place in the scan.</param>
/// <param name="Numbers">How they are written; null where the column is not a text.</param>
internal sealed record TableMetric(string Name, int Column, CsvNumbers? Numbers);
