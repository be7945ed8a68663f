namespace AiOutliers.Druid.Files;

/// <summary>Where the rows of a series are that <see cref="RowBlocks"/> has in memory.</summary>
internal struct BlockSeries
{
    /// <summary>The first block.</summary>
    public long First;

    /// <summary>The last block.</summary>
    public long Block;

    /// <summary>Where the next row goes: in this piece of the memory …</summary>
    public long[] Piece;

    /// <summary>… from here on.</summary>
    public int Next;

    /// <summary>How many rows the last block has room for.</summary>
    public int Size;

    /// <summary>How many more.</summary>
    public int Left;

    /// <summary>Rows in all blocks.</summary>
    public int Rows;

    /// <summary>Rows go to a new block from now on.</summary>
    public void Begin(long block, (long[] Piece, int Start) place, int size)
    {
        if (Rows == 0)
            First = block;
        (Block, Left, Size) = (block, size, size);
        (Piece, Next) = place;
    }
}
