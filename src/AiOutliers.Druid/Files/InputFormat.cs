namespace AiOutliers.Druid.Files;

/// <summary>The formats that are told apart by their first bytes.</summary>
internal enum InputFormat
{
    Empty,
    Parquet,
    JsonArray,
    JsonLines,
    DruidQuery,
    DruidError,
    Prometheus,
    PrometheusError,
    InfluxCsv,
    LineProtocol,
    Nfdump,

    /// <summary>What nfdump shows a person: a list in columns, or a statistic.</summary>
    NfdumpList,
    Sql,
    Csv,

    /// <summary>A JSON object that is neither a row nor a query.</summary>
    OtherObject,

    /// <summary>Not a text.</summary>
    Binary,
}
