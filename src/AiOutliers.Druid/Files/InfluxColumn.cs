namespace AiOutliers.Druid.Files;

/// <summary>A column of one table of InfluxDB.</summary>
internal readonly record struct InfluxColumn(string Name, InfluxColumnKind Kind);
