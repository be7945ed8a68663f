using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// What a pulse looks like on the curve. A missing peak: lower than usual where the usual day has its hill, and what is left
/// follows less than three quarters of that hill. A ramp: the distance from the usual fits a slope or a tent better (in least squares) than
/// a flat top. Else a level shift.
/// </summary>
internal static class PulseKind
{
    /// <summary>The hill is at least this much higher than its sides: 15 %.</summary>
    private const double LeastHill = 0.15;

    /// <summary>1 where the curve follows the usual day inside the pulse (a shift), 0 where it is flat.</summary>
    private const double Follows = 0.75;

    /// <summary>Begin and end are tried this many steps to either side, half the pulse's length in all.</summary>
    private const int Steps = 6;

    /// <summary>A shorter slope is an edge.</summary>
    private const int LeastHours = 3;

    /// <param name="y">The blocks without their usual day, without gaps.</param>
    /// <param name="shape">S, the usual day.</param>
    public static IncidentKind Of(Pulse pulse, ReadOnlySpan<double> y, ReadOnlySpan<double> shape, DayGrid grid)
    {
        if (pulse.Change < 0 && Hill(pulse, shape) >= LeastHill && SlopeAgainst(shape, y, pulse) < Follows)
            return IncidentKind.MissingPeak;
        return IsRamp(pulse, y, grid) ? IncidentKind.Ramp : IncidentKind.LevelShift;
    }

    /// <summary>How much higher the usual day is inside the pulse than within half its length on the higher of its sides.</summary>
    private static double Hill(Pulse pulse, ReadOnlySpan<double> shape)
    {
        var half = Math.Max(1, pulse.Length / 2);
        var sides = Math.Max(Usual(shape, pulse.Start - half, pulse.Start), Usual(shape, pulse.End, pulse.End + half));
        return Usual(shape, pulse.Start, pulse.End) - sides;
    }

    private static double Usual(ReadOnlySpan<double> shape, int start, int end)
    {
        var sum = 0.0;
        for (var i = start; i < end; i++)
            sum += shape[(i + shape.Length) % shape.Length];
        return sum / (end - start);
    }

    /// <summary>The least-squares slope of the curve against the usual day, inside the pulse.</summary>
    private static double SlopeAgainst(ReadOnlySpan<double> shape, ReadOnlySpan<double> y, Pulse pulse)
    {
        var (mean, rest) = (Usual(shape, pulse.Start, pulse.End), 0.0);
        for (var i = pulse.Start; i < pulse.End; i++)
            rest += y[i] / pulse.Length;
        var (squares, products) = (0.0, 0.0);
        for (var i = pulse.Start; i < pulse.End; i++)
        {
            var usual = shape[i % shape.Length] - mean;
            squares += usual * usual;
            products += usual * (usual + y[i] - rest);
        }
        // A flat top of the hill says nothing.
        return squares > 0 ? products / squares : 0;
    }

    private static bool IsRamp(Pulse pulse, ReadOnlySpan<double> y, DayGrid grid)
    {
        var level = Level(pulse, y, grid.Side);
        var step = Math.Max(1, pulse.Length / 2 / Steps);
        var (flat, slanted) = (0.0, 0.0);
        for (var start = Math.Max(0, pulse.Start - Steps * step); start < pulse.End; start += step)
        {
            for (var end = start + step; end <= Math.Min(y.Length, pulse.End + Steps * step); end += step)
            {
                var gains = Gains(y[start..end], level, Math.Sign(pulse.Change));
                flat = Math.Max(flat, gains.Flat);
                if (end - start >= grid.Blocks(LeastHours))
                    slanted = Math.Max(slanted, gains.Slanted);
            }
        }
        return slanted > flat;
    }

    /// <summary>
    /// By how much Σ(y − level)² falls when a form f is taken out, at its best height: (Σ(y − level)·f)² / Σf².
    /// </summary>
    private static (double Flat, double Slanted) Gains(ReadOnlySpan<double> y, double level, int sign)
    {
        var (sum, rise, tent, riseSquares, tentSquares) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < y.Length; i++)
        {
            var distance = sign * (y[i] - level);
            var up = (i + 0.5) / y.Length;
            var both = 1 - Math.Abs(2 * up - 1);
            sum += distance;
            rise += distance * up;
            tent += distance * both;
            riseSquares += up * up;
            tentSquares += both * both;
        }
        // The fall is 1 − the rise, with the same squares.
        var slope = Math.Max(rise, sum - rise);
        return (Gain(sum, y.Length), Math.Max(Gain(slope, riseSquares), Gain(tent, tentSquares)));
    }

    private static double Gain(double product, double squares) => product > 0 ? product * product / squares : 0;

    /// <summary>The mean of the medians before and after; of what there is of them.</summary>
    private static double Level(Pulse pulse, ReadOnlySpan<double> y, int side)
    {
        Span<double> room = stackalloc double[side];
        var sides = (
            First: MedianOf(y[Math.Max(0, pulse.Start - side)..pulse.Start], room),
            Second: MedianOf(y[pulse.End..Math.Min(y.Length, pulse.End + side)], room));
        return double.IsNaN(sides.First) ? sides.Second : double.IsNaN(sides.Second) ? sides.First : (sides.First + sides.Second) / 2;
    }

    private static double MedianOf(ReadOnlySpan<double> values, Span<double> room)
    {
        values.CopyTo(room);
        return Median.Of(room[..values.Length]);
    }
}
