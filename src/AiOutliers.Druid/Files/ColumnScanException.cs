namespace AiOutliers.Druid.Files;

/// <summary>The database cannot read a file; the message is its own.</summary>
internal sealed class ColumnScanException(string message) : Exception(message);
