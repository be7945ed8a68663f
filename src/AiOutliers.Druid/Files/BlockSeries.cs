namespace AiOutliers.Druid.Files;

/// <summary>Where the numbers of a series are that <see cref="NumberBlocks"/> has.</summary>
internal unsafe struct BlockSeries
{
    public long* First;

    public long* Last;

    /// <summary>How many numbers the last block takes.</summary>
    public int Size;

    /// <summary>How many the blocks before it have.</summary>
    public int Before;
}
