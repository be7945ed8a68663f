using System.Numerics;

namespace AiOutliers.Detection.Detectors.Shift;

/// <summary>Medians by selection: of an even count, the mean of the two in the middle; of nothing, NaN. Values are finite.</summary>
internal static class Median
{
    /// <summary>A MAD times this is the standard deviation of a normal distribution: 1 / Φ⁻¹(¾).</summary>
    public const double MadToSigma = 1.4826;

    /// <summary>Up to this many values, insertion sort is faster than selecting.</summary>
    private const int Few = 16;

    /// <summary>From this many values on, a better pivot saves more than it costs.</summary>
    private const int Many = 400;

    /// <param name="values">Reordered.</param>
    public static double Of(Span<double> values)
    {
        var half = values.Length / 2;
        if (values.IsEmpty)
            return double.NaN;
        Middle(values);
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /// <summary>1.4826 · median |v|: the spread around 0.</summary>
    /// <param name="values">Overwritten.</param>
    public static double SpreadAroundZero(Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Abs(values[i]);
        return MadToSigma * Of(values);
    }

    /// <summary>Reorders at least one value so that those at (n−1)/2 and n/2 are where sorting would put them.</summary>
    public static void Middle(Span<double> values)
    {
        var half = values.Length / 2;
        if (values.Length <= Few)
        {
            Sort(values);
            return;
        }
        Select(values, half);
        if (values.Length % 2 == 0)
        {
            var largest = IndexOfLargest(values[..half]);
            (values[largest], values[half - 1]) = (values[half - 1], values[largest]);
        }
    }

    /// <summary>Hoare's quickselect; sorts what is left if the cuts go badly.</summary>
    private static void Select(Span<double> values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        for (var cuts = 4 * BitOperations.Log2((uint)values.Length); high - low >= Few; cuts--)
        {
            if (cuts == 0)
                break;
            var pivot = Pivot(values[low..(high + 1)]);
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (values[left] < pivot)
                    left++;
                while (values[right] > pivot)
                    right--;
                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }
            if (rank <= right)
                high = right;
            else if (rank >= left)
                low = left;
            else
                return;
        }
        var rest = values[low..(high + 1)];
        if (rest.Length <= Few)
            Sort(rest);
        else
            rest.Sort();
    }

    /// <summary>The median of three, or of nine medians of three in a long span: the nearer to the middle, the fewer cuts.</summary>
    private static double Pivot(ReadOnlySpan<double> values)
    {
        if (values.Length < Many)
            return MedianOfThree(values[0], values[values.Length / 2], values[^1]);
        Span<double> medians = stackalloc double[9];
        for (var (i, at) = (0, 0); i < medians.Length; i++, at += values.Length / 9)
            medians[i] = MedianOfThree(values[at], values[at + values.Length / 27], values[at + values.Length / 14]);
        Sort(medians);
        return medians[4];
    }

    private static void Sort(Span<double> values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            var value = values[i];
            var hole = i;
            for (; hole > 0 && values[hole - 1] > value; hole--)
                values[hole] = values[hole - 1];
            values[hole] = value;
        }
    }

    private static int IndexOfLargest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
                best = i;
        }
        return best;
    }

    private static double MedianOfThree(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
