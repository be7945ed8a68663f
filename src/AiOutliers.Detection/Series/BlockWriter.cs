using System.Runtime.InteropServices;

namespace AiOutliers.Detection.Series;

/// <summary>Writes numbers one after the other into blocks.</summary>
/// <param name="from">Has the blocks.</param>
/// <param name="blocks">Those that were taken.</param>
internal ref struct BlockWriter(TableBlocks from, List<byte[]> blocks)
{
    private Span<byte> _room;

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_room.Length == 0)
            {
                blocks.Add(from.Take());
                _room = blocks[^1];
            }
            var count = Math.Min(_room.Length, bytes.Length);
            bytes[..count].CopyTo(_room);
            _room = _room[count..];
            bytes = bytes[count..];
        }
    }

    /// <summary>In single precision.</summary>
    public void WriteSingles(ReadOnlySpan<double> column)
    {
        Span<float> part = stackalloc float[TableBlocks.Converted];
        for (; column.Length > 0; column = column[Math.Min(part.Length, column.Length)..])
        {
            var count = Math.Min(part.Length, column.Length);
            for (var i = 0; i < count; i++)
                part[i] = (float)column[i];
            Write(MemoryMarshal.AsBytes(part[..count]));
        }
    }
}
