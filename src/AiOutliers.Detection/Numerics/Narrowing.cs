using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Narrows values to those around a wanted rank: two of a sample enclose it (Floyd, Rivest: Expected time bounds for selection, 1975), and
/// what lies between them is gathered. The same values in the same order with and without vector instructions.
/// </summary>
internal static class Narrowing
{
    private const int Lanes = 4;

    // Fewer are searched sooner than a sample is sorted.
    private const int LeastLength = 256;

    // Four columns of so many values, each sorted. A value's place is off by 2.8 (one standard deviation).
    private const int SampleRows = 32;
    private const int Margin = 3;

    /// <summary>For each of the 16 masks of four lanes, which halves of a double go where so that the chosen ones come first.</summary>
    private static readonly int[] Places = PlacesOfMasks();

    /// <param name="values">Not NaN; unchanged unless they share their memory with <paramref name="room"/>.</param>
    /// <param name="rank">How many others the wanted value has before it in order; becomes the same among those returned.</param>
    /// <param name="room">As long as the values; may be their own memory.</param>
    /// <returns>Those around the wanted one, and the next in order, in <paramref name="room"/>.</returns>
    public static Span<double> Around(ReadOnlySpan<double> values, scoped ref int rank, Span<double> room)
    {
        var left = room[..values.Length];
        if (values.Length < LeastLength)
            values.CopyTo(left);
        while (values.Length >= LeastLength)
        {
            left = Once(values, ref rank, room);
            // Most are alike: another sample would not tell them apart.
            if (2 * left.Length > values.Length)
                break;
            values = left;
        }
        return left;
    }

    private static Span<double> Once(ReadOnlySpan<double> values, scoped ref int rank, Span<double> room)
    {
        var (low, high) = Bracket(values, rank);
        var (below, upTo) = (CountBelow(values, low), values.Length - CountAbove(values, high));
        if (rank < below)
            (low, high, below) = (double.NegativeInfinity, low, 0);
        else if (rank + 1 >= upTo && upTo < values.Length)
            (low, high, below) = (high, double.PositiveInfinity, CountBelow(values, high));
        rank -= below;
        return Gather(values, low, high, room);
    }

    private static (double Low, double High) Bracket(ReadOnlySpan<double> values, int rank)
    {
        Span<double> sample = stackalloc double[SampleRows * Lanes];
        var step = values.Length / sample.Length;
        for (var i = 0; i < sample.Length; i++)
            sample[i] = values[i * step];
        LaneSort.Sort(sample);
        var place = (int)((long)rank * SampleRows / values.Length);
        return (
            place < Margin ? double.NegativeInfinity : Row(sample, place - Margin)[1],
            place + Margin >= SampleRows ? double.PositiveInfinity : Row(sample, place + Margin)[Lanes - 2]);
    }

    private static Span<double> Row(Span<double> sample, int row)
    {
        var four = sample.Slice(row * Lanes, Lanes);
        four.Sort();
        return four;
    }

    private static int CountBelow(ReadOnlySpan<double> values, double limit)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var (limits, counts, i) = (Vector256.Create(limit), Vector256<long>.Zero, 0);
        for (; i + Lanes <= values.Length; i += Lanes)
            counts -= Vector256.LessThan(Vector256.LoadUnsafe(ref first, (nuint)i), limits).AsInt64();
        var count = (int)Vector256.Sum(counts);
        for (; i < values.Length; i++)
            count += values[i] < limit ? 1 : 0;
        return count;
    }

    private static int CountAbove(ReadOnlySpan<double> values, double limit)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var (limits, counts, i) = (Vector256.Create(limit), Vector256<long>.Zero, 0);
        for (; i + Lanes <= values.Length; i += Lanes)
            counts -= Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i), limits).AsInt64();
        var count = (int)Vector256.Sum(counts);
        for (; i < values.Length; i++)
            count += values[i] > limit ? 1 : 0;
        return count;
    }

    /// <summary>In place is allowed: four are written where four or more have been read.</summary>
    private static Span<double> Gather(ReadOnlySpan<double> values, double low, double high, Span<double> room)
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
