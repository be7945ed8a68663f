namespace AiOutliers.Detection.Series;

/// <summary>
/// Memory for rows that are kept, in blocks of one size. A block that is given back is used again: rows that come and go leave the
/// collector nothing to do, and no holes. Not for several threads at once.
/// </summary>
public sealed class TableBlocks
{
    /// <summary>Bytes of a block. Half of a table's last one stays empty on average; two weeks at one minute fill ten.</summary>
    internal const int Size = 1 << 14;

    /// <summary>Numbers that are converted to another precision at once.</summary>
    internal const int Converted = 1024;

    /// <summary>So many wait to be used again, 4 MB; what is more goes to the collector.</summary>
    private const int MostWaiting = 256;

    private readonly Stack<byte[]> _waiting = [];

    internal byte[] Take() => _waiting.TryPop(out var block) ? block : GC.AllocateUninitializedArray<byte>(Size, pinned: true);

    internal void GiveBack(List<byte[]> blocks)
    {
        foreach (var block in blocks.Take(MostWaiting - _waiting.Count))
            _waiting.Push(block);
        blocks.Clear();
    }
}
