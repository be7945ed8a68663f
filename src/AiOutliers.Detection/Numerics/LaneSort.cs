using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Four columns sorted at once by a sorting network: Batcher's merge exchange for any number of rows (Knuth, The Art of Computer
/// Programming, volume 3, 5.2.2, algorithm M).
/// </summary>
internal static class LaneSort
{
    private const int Lanes = 4;

    /// <param name="values">Rows of four; each column ends up in ascending order. NaN is not allowed.</param>
    public static void Sort(Span<double> values)
    {
        var count = values.Length / Lanes;
        if (count < 2)
            return;
        var top = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count) / 2;
        ref var first = ref MemoryMarshal.GetReference(values);
        for (var p = top; p > 0; p /= 2)
        {
            var (r, d) = (0, p);
            for (var q = top; ; q /= 2)
            {
                for (var i = 0; i < count - d; i++)
                {
                    if ((i & p) == r)
                        Exchange(ref first, i * Lanes, (i + d) * Lanes);
                }
                if (q == p)
                    break;
                (d, r) = (q - p, p);
            }
        }
    }

    private static void Exchange(ref double first, int low, int high)
    {
        var a = Vector256.LoadUnsafe(ref first, (nuint)low);
        var b = Vector256.LoadUnsafe(ref first, (nuint)high);
        Vector256.MinNative(a, b).StoreUnsafe(ref first, (nuint)low);
        Vector256.MaxNative(a, b).StoreUnsafe(ref first, (nuint)high);
    }
}
