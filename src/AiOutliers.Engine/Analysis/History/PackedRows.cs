using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>Rows of one series as they are kept (<see cref="CachedRows"/>).</summary>
internal sealed class PackedRows(CachedRows rows, TableBlocks blocks) : ICachedHistory
{
    /// <summary>Names, lists, the entry itself.</summary>
    private const int Overhead = 2048;

    private readonly (long From, long Until) _span = (rows.From, rows.Until);
    private readonly PackedTable _table = new(rows.Table, blocks);

    public long Bytes => Overhead + _table.Bytes;

    public DateTimeOffset FetchedAt { get; } = rows.FetchedAt;

    public ICachedHistory Unpack() => new CachedRows(_table.Unpack(), _span.From, _span.Until, FetchedAt);

    public bool TryFree(TableBlocks blocks)
    {
        _table.Free(blocks);
        return true;
    }
}
