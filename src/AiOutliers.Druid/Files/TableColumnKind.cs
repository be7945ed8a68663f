namespace AiOutliers.Druid.Files;

/// <summary>What a column of a table looks like.</summary>
internal enum TableColumnKind
{
    Number,
    Text,
    Time,

    /// <summary>The time of a day: of the date in another column.</summary>
    Clock,

    /// <summary>Neither: lists, structures, binary values; or nothing but missing values.</summary>
    Other,
}
