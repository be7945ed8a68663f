using System.Runtime.InteropServices;

namespace AiOutliers.Detection.Series;

/// <summary>Reads what <see cref="BlockWriter"/> wrote, in the same order.</summary>
internal ref struct BlockReader(List<byte[]> blocks)
{
    private ReadOnlySpan<byte> _left;
    private int _next;

    public void Read(scoped Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_left.Length == 0)
                _left = blocks[_next++];
            var count = Math.Min(_left.Length, bytes.Length);
            _left[..count].CopyTo(bytes);
            _left = _left[count..];
            bytes = bytes[count..];
        }
    }

    public void ReadSingles(Span<double> column)
    {
        Span<float> part = stackalloc float[TableBlocks.Converted];
        for (; column.Length > 0; column = column[Math.Min(part.Length, column.Length)..])
        {
            var count = Math.Min(part.Length, column.Length);
            Read(MemoryMarshal.AsBytes(part[..count]));
            for (var i = 0; i < count; i++)
                column[i] = part[i];
        }
    }
}
