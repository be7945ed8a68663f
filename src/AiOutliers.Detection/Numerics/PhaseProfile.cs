using System.Numerics.Tensors;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// What is usual at each phase of a period P: the median, and the MAD around it, of the values at i mod P = phase ± k (cyclic). Few cycles
/// are helped by their neighbours: k = min(⌈max(0, (15·P/n − 1)/2)⌉, ⌊P/40⌋), n the known values: about fifteen a phase. A phase
/// that has none at all lies on the line between the nearest ones.
/// </summary>
internal static class PhaseProfile
{
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
            PhaseLanes.Of(x, period, neighbours, medians, mads, scratch.Take(rows * PhaseLanes.Lanes));
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
}
