namespace AiOutliers.Druid.Embedded;

/// <summary>What a column holds, as far as filters and aggregations care.</summary>
internal enum ColumnKind
{
    /// <summary>The table does not have this column: every row has null.</summary>
    Missing,

    Text,

    /// <summary>Several texts per row: a multi-value dimension.</summary>
    TextList,

    Long,

    Double,
}
