using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// What is usual at each phase of a period P: the median, and the MAD around it, of the values at i mod P = phase ± k (cyclic). Few cycles
/// are helped by their neighbours: k = min(⌈max(0, (15·P/n − 1)/2)⌉, ⌊P/40⌋), n the known values: about fifteen a phase. A phase that has
/// none at all lies on the line between the nearest ones.
/// </summary>
internal static class PhaseProfile
{
    private const int Lanes = 4;

    // Up to so many values four phases are sorted side by side; with more, selecting them one phase after the other is faster.
    private const int MostRows = 64;

    private const double ValuesWanted = 15;

    // Never smooth over more than a twentieth of the period.
    private const int LeastPhasesPerNeighbour = 40;

    /// <param name="x">The series.</param>
    /// <param name="period">P.</param>
    /// <param name="medians">P of them.</param>
    /// <param name="mads">P of them (1.4826 · MAD), or empty if not wanted.</param>
    /// <param name="scratch">Working memory.</param>
    /// <param name="known">How many values are known; fewer than there are, and the others are NaN.</param>
    public static void Of(ReadOnlySpan<double> x, int period, Span<double> medians, Span<double> mads, Scratch scratch, int known)
    {
        var neighbours = Neighbours(known, period);
        var cycles = (x.Length + period - 1) / period;
        var rows = (2 * neighbours + 1) * cycles;
        if (known < x.Length)
        {
            OneByOne(x, period, neighbours, medians, mads, scratch.Take(rows));
            Complete(medians);
            Complete(mads);
        }
        else if (rows > MostRows)
            OneByOne(x, period, neighbours, medians, mads, scratch.Take(rows));
        else
            SideBySide(x, period, neighbours, medians, mads, scratch.Take(rows * Lanes));
    }

    private static int Neighbours(int n, int period) =>
        Math.Min((int)Math.Ceiling(Math.Max(0, (ValuesWanted * period / n - 1) / 2)), period / LeastPhasesPerNeighbour);

    private static void OneByOne(
        ReadOnlySpan<double> x, int period, int neighbours, Span<double> medians, Span<double> mads, Span<double> values)
    {
        for (var phase = 0; phase < period; phase++)
        {
            var count = 0;
            for (var offset = -neighbours; offset <= neighbours; offset++)
            {
                for (var i = (phase + offset + period) % period; i < x.Length; i += period)
                {
                    values[count] = x[i];
                    count += double.IsNaN(x[i]) ? 0 : 1;
                }
            }
            if (count == 0)
            {
                medians[phase] = double.NaN;
                if (!mads.IsEmpty)
                    mads[phase] = double.NaN;
                continue;
            }
            var found = values[..count];
            medians[phase] = OrderStatistics.Median(found);
            if (mads.IsEmpty)
                continue;
            TensorPrimitives.Subtract(found, medians[phase], found);
            TensorPrimitives.Abs(found, found);
            mads[phase] = Robust.MadFactor * OrderStatistics.Median(found);
        }
    }

    /// <summary>NaN becomes the line between the nearest known phases, around the end of the period too.</summary>
    private static void Complete(Span<double> phases)
    {
        var period = phases.Length;
        var first = 0;
        while (first < period && double.IsNaN(phases[first]))
            first++;
        if (first == period)
            return;
        for (var (last, step) = (first, 1); step <= period; step++)
        {
            var at = (first + step) % period;
            if (double.IsNaN(phases[at]))
                continue;
            var length = first + step - last;
            for (var j = 1; j < length; j++)
                phases[(last + j) % period] = phases[last % period] + (phases[at] - phases[last % period]) * j / length;
            last = first + step;
        }
    }

    private static void SideBySide(
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
