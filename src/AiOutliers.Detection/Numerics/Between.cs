using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// The values between two limits, both included, counted and gathered four at a time. The same values in the same order with and without
/// vector instructions.
/// </summary>
internal static class Between
{
    private const int Lanes = 4;

    /// <summary>For each of the 16 masks of four lanes, which halves of a double go where so that the chosen ones come first.</summary>
    private static readonly int[] Places = PlacesOfMasks();

    /// <summary>How many values are below the lower limit, and how many above the upper one.</summary>
    public static (int Below, int Above) CountOutside(ReadOnlySpan<double> values, double low, double high)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var (lows, highs) = (Vector256.Create(low), Vector256.Create(high));
        var (belows, aboves, i) = (Vector256<long>.Zero, Vector256<long>.Zero, 0);
        for (; i + Lanes <= values.Length; i += Lanes)
        {
            var four = Vector256.LoadUnsafe(ref first, (nuint)i);
            belows -= Vector256.LessThan(four, lows).AsInt64();
            aboves -= Vector256.GreaterThan(four, highs).AsInt64();
        }
        var (below, above) = ((int)Vector256.Sum(belows), (int)Vector256.Sum(aboves));
        for (; i < values.Length; i++)
        {
            below += values[i] < low ? 1 : 0;
            above += values[i] > high ? 1 : 0;
        }
        return (below, above);
    }

    /// <param name="values">Not NaN.</param>
    /// <param name="low">The lower limit.</param>
    /// <param name="high">The upper limit.</param>
    /// <param name="room">As long as the values; may be their own memory: four are written where four or more have been read.</param>
    public static Span<double> Gather(ReadOnlySpan<double> values, double low, double high, Span<double> room)
    {
        ref var source = ref MemoryMarshal.GetReference(values);
        ref var target = ref MemoryMarshal.GetReference(room[..values.Length]);
        var (i, end) = (0, 0);
        if (Avx2.IsSupported)
        {
            ref var places = ref MemoryMarshal.GetArrayDataReference(Places);
            var (lows, highs) = (Vector256.Create(low), Vector256.Create(high));
            for (; i + Lanes <= values.Length; i += Lanes)
            {
                var four = Vector256.LoadUnsafe(ref source, (nuint)i);
                var inside = Vector256.GreaterThanOrEqual(four, lows) & Vector256.LessThanOrEqual(four, highs);
                var mask = inside.ExtractMostSignificantBits();
                var place = Vector256.LoadUnsafe(ref places, mask * (2 * Lanes));
                Avx2.PermuteVar8x32(four.AsInt32(), place).AsDouble().StoreUnsafe(ref target, (nuint)end);
                end += BitOperations.PopCount(mask);
            }
        }
        for (; i < values.Length; i++)
        {
            var value = Unsafe.Add(ref source, i);
            Unsafe.Add(ref target, end) = value;
            end += value >= low & value <= high ? 1 : 0;
        }
        return room[..end];
    }

    private static int[] PlacesOfMasks()
    {
        var places = new int[(1 << Lanes) * 2 * Lanes];
        for (var mask = 0; mask < 1 << Lanes; mask++)
        {
            var at = mask * 2 * Lanes;
            for (var lane = 0; lane < Lanes; lane++)
            {
                if ((mask >> lane & 1) == 1)
                    (places[at++], places[at++]) = (2 * lane, 2 * lane + 1);
            }
        }
        return places;
    }
}
