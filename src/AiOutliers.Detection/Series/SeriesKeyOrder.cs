using System.Buffers.Binary;

namespace AiOutliers.Detection.Series;

/// <summary>Orders keys by the values of their dimensions, as bytes; a dimension without a value comes first.</summary>
internal sealed class SeriesKeyOrder : IComparer<byte[]>
{
    private const int HeadBytes = 8;

    public int Compare(byte[]? x, byte[]? y)
    {
        ReadOnlySpan<byte> one = x, other = y;
        while (!one.IsEmpty && !other.IsEmpty)
        {
            // Whoever goes on with a later dimension has no value in the earlier one.
            var (first, second) = (DimensionOf(one), DimensionOf(other));
            if (first != second)
                return second.CompareTo(first);
            ReadOnlySpan<byte> a = ValueOf(one), b = ValueOf(other);
            if (a.SequenceCompareTo(b) is not 0 and var order)
                return order;
            one = one[(HeadBytes + a.Length)..];
            other = other[(HeadBytes + b.Length)..];
        }
        return one.Length.CompareTo(other.Length);
    }

    private static int DimensionOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt32LittleEndian(key);

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> key) =>
        key.Slice(HeadBytes, BinaryPrimitives.ReadInt32LittleEndian(key[4..]));
}
