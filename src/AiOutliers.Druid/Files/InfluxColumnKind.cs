namespace AiOutliers.Druid.Files;

/// <summary>What a column of InfluxDB holds.</summary>
internal enum InfluxColumnKind
{
    /// <summary>What belongs to the query and not to the row.</summary>
    Ignored,
    Time,

    /// <summary>The name of the metric in <see cref="Value"/>.</summary>
    Field,
    Value,

    /// <summary>A number under the column's own name.</summary>
    Metric,
    Tag,
}
