namespace AiOutliers.Druid.Files;

/// <summary>How the column of a table has its times.</summary>
internal enum TimeForm
{
    /// <summary>As texts.</summary>
    Text,

    /// <summary>In microseconds since 1970.</summary>
    Instant,

    /// <summary>The same of a clock, without its offset.</summary>
    Local,
}
