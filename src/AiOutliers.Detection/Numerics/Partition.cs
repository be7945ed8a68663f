using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AiOutliers.Detection.Numerics;

/// <summary>The steps of a selection: a pivot, and partitions by it without branches.</summary>
internal static class Partition
{
    /// <summary>Up to so many values an insertion sort is faster than another partition.</summary>
    public const int Small = 16;

    // A sample that costs less than the pass it saves; its rank estimate is off by ± 9 % (one standard deviation).
    private const int SampleSize = 31;
    private const int SampleAbove = 200;

    /// <summary>Chooses a value near the wanted rank and puts it at the end of [low, high].</summary>
    public static void MovePivotToEnd(Span<double> values, int low, int high, int rank)
    {
        var length = high - low + 1;
        if (length < SampleAbove)
        {
            var middle = low + length / 2;
            var (a, b, c) = (values[low], values[middle], values[high]);
            var chosen = a < b == b < c ? middle : b < a == a < c ? low : high;
            (values[high], values[chosen]) = (values[chosen], values[high]);
            return;
        }
        Span<double> sample = stackalloc double[SampleSize];
        var step = length / SampleSize;
        for (var i = 0; i < sample.Length; i++)
            sample[i] = values[low + i * step];
        SortSmall(sample);
        // A little beyond the wanted rank: then it most likely falls into the smaller part.
        var share = (double)(rank - low) / length;
        var place = (int)(share * SampleSize) + (share < 0.5 ? 3 : -3);
        var pivot = sample[Math.Clamp(place, 0, SampleSize - 1)];
        var at = values.Slice(low, length).IndexOf(pivot) + low;
        (values[high], values[at]) = (values[at], values[high]);
    }

    /// <summary>Brings what is below the pivot to the front of [low, high); returns where the rest begins.</summary>
    public static int Less(Span<double> values, int low, int high, double pivot)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        nint end = low;
        for (nint i = low; i < high; i++)
        {
            var value = Unsafe.Add(ref first, i);
            Unsafe.Add(ref first, i) = Unsafe.Add(ref first, end);
            Unsafe.Add(ref first, end) = value;
            end += value < pivot ? 1 : 0;
        }
        return (int)end;
    }

    /// <summary>
    /// Brings what equals the pivot to the front of [low, high], where nothing is below it; returns where the rest begins.
    /// </summary>
    public static int UpTo(Span<double> values, int low, int high, double pivot)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        nint end = low;
        for (nint i = low; i <= high; i++)
        {
            var value = Unsafe.Add(ref first, i);
            Unsafe.Add(ref first, i) = Unsafe.Add(ref first, end);
            Unsafe.Add(ref first, end) = value;
            end += value <= pivot ? 1 : 0;
        }
        return (int)end;
    }

    /// <summary>By insertion: for few values.</summary>
    public static void SortSmall(Span<double> values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            var value = values[i];
            var j = i - 1;
            for (; j >= 0 && values[j] > value; j--)
                values[j + 1] = values[j];
            values[j + 1] = value;
        }
    }
}
