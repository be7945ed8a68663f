using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Numerics;

/// <summary><see cref="PhaseProfile"/> for few values a phase: four phases are sorted side by side.</summary>
internal static class PhaseLanes
{
    public const int Lanes = 4;

    /// <param name="x">The series, without gaps.</param>
    /// <param name="period">P.</param>
    /// <param name="neighbours">k.</param>
    /// <param name="medians">P of them.</param>
    /// <param name="mads">P of them, or empty if not wanted.</param>
    /// <param name="values">Room for the values of four phases.</param>
    public static void Of(
        ReadOnlySpan<double> x, int period, int neighbours, Span<double> medians, Span<double> mads, Span<double> values)
    {
        Span<int> counts = stackalloc int[Lanes];
        Span<double> middle = stackalloc double[Lanes];
        for (var phase = 0; phase < period; phase += Lanes)
        {
            var lanes = Math.Min(Lanes, period - phase);
            Gather(x, period, neighbours, phase, values, counts);
            LaneSort.Sort(values);
            Middles(values, counts, middle);
            middle[..lanes].CopyTo(medians[phase..]);
            if (mads.IsEmpty)
                continue;
            MiddlesOfDeviations(values, counts, middle);
            for (var lane = 0; lane < lanes; lane++)
                mads[phase + lane] = Robust.MadFactor * middle[lane];
        }
    }

    /// <summary>Row after row the values of four phases; ∞ where a phase has fewer, which stays behind all others.</summary>
    private static void Gather(ReadOnlySpan<double> x, int period, int neighbours, int phase, Span<double> values, Span<int> counts)
    {
        counts.Clear();
        var at = 0;
        for (var offset = -neighbours; offset <= neighbours; offset++)
        {
            var first = (phase + offset + period) % period;
            var contiguous = first + Lanes <= period;
            for (var start = 0; start < x.Length; start += period, at += Lanes)
            {
                var row = values.Slice(at, Lanes);
                if (contiguous && start + first + Lanes <= x.Length)
                {
                    x.Slice(start + first, Lanes).CopyTo(row);
                    for (var lane = 0; lane < Lanes; lane++)
                        counts[lane]++;
                    continue;
                }
                for (var lane = 0; lane < Lanes; lane++)
                {
                    var i = start + (first + lane) % period;
                    row[lane] = i < x.Length ? x[i] : double.PositiveInfinity;
                    counts[lane] += i < x.Length ? 1 : 0;
                }
            }
        }
    }

    private static void Middles(ReadOnlySpan<double> sorted, ReadOnlySpan<int> counts, Span<double> middle)
    {
        for (var lane = 0; lane < Lanes; lane++)
            middle[lane] = (sorted[(counts[lane] - 1) / 2 * Lanes + lane] + sorted[counts[lane] / 2 * Lanes + lane]) / 2;
    }

    /// <summary>The median of the distances from the median of each lane, in place of it.</summary>
    private static void MiddlesOfDeviations(ReadOnlySpan<double> sorted, ReadOnlySpan<int> counts, Span<double> middle)
    {
        var centre = Vector256.Create(middle);
        var (lower, upper) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var lane = 0; lane < Lanes; lane++)
        {
            if (lane == 0 || counts[lane] != counts[lane - 1])
                (lower, upper) = (Deviation(sorted, centre, (counts[lane] - 1) / 2), Deviation(sorted, centre, counts[lane] / 2));
            middle[lane] = (lower[lane] + upper[lane]) / 2;
        }
    }

    /// <summary>
    /// The distance of a rank from the centre. The rank + 1 values nearest to it stand side by side in order: of all such stretches theirs
    /// has the smallest distance of its farther end.
    /// </summary>
    private static Vector256<double> Deviation(ReadOnlySpan<double> sorted, Vector256<double> centre, int rank)
    {
        ref var first = ref MemoryMarshal.GetReference(sorted);
        var least = Vector256.Create(double.PositiveInfinity);
        for (var i = 0; i + rank * Lanes < sorted.Length; i += Lanes)
        {
            var below = centre - Vector256.LoadUnsafe(ref first, (nuint)i);
            var above = Vector256.LoadUnsafe(ref first, (nuint)(i + rank * Lanes)) - centre;
            least = Vector256.MinNative(least, Vector256.MaxNative(below, above));
        }
        return least;
    }
}
