namespace AiOutliers.Druid.Files;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Column">Its place in the scan.</param>
internal sealed record TableColumn(string Name, int Column);
