namespace AiOutliers.Druid.Files;

/// <summary>The rows of a table in the order of the file, a chunk at a time.</summary>
internal interface IRowChunks
{
    /// <summary>The columns of the chunk.</summary>
    ColumnVector[] Columns { get; }

    /// <summary>The rows of the chunk.</summary>
    int Rows { get; }

    /// <summary>Goes on to the next chunk; what the last one held is gone.</summary>
    bool Next();
}
