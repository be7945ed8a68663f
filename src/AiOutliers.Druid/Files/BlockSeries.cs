namespace AiOutliers.Druid.Files;

/// <summary>Where the rows of a series are that <see cref="RowBlocks"/> has in memory.</summary>
internal struct BlockSeries
{
    /// <summary>The first block.</summary>
    public long First;

    /// <summary>The last block.</summary>
    public long Block;

    /// <summary>Where the next row goes.</summary>
    public long Next;

    /// <summary>How many rows the last block has room for.</summary>
    public int Size;

    /// <summary>How many more.</summary>
    public int Left;

    /// <summary>Rows in all blocks.</summary>
    public int Rows;
}
