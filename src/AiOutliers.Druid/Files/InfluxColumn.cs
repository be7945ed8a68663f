namespace AiOutliers.Druid.Files;

/// <summary>A column of one table of InfluxDB.</summary>
internal readonly record struct InfluxColumn(string Name, InfluxColumnKind Kind)
{
    private static readonly string[] OfTheQuery = ["", "result", "table", "_start", "_stop"];

    /// <param name="name">Its name in the header.</param>
    /// <param name="type">What stands above it in <c>#datatype</c>; empty where nothing does.</param>
    public static InfluxColumn Of(string name, string type) => new(name, name switch
    {
        "_time" => InfluxColumnKind.Time,
        "_field" => InfluxColumnKind.Field,
        "_value" => InfluxColumnKind.Value,
        _ when OfTheQuery.Contains(name) => InfluxColumnKind.Ignored,
        _ => OfType(type),
    });

    private static InfluxColumnKind OfType(string type) => type switch
    {
        "double" or "long" or "unsignedLong" => InfluxColumnKind.Metric,
        "string" or "tag" or "" => InfluxColumnKind.Tag,
        _ => InfluxColumnKind.Ignored,
    };
}
