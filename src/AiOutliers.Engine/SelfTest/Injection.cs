using AiOutliers.Detection;

namespace AiOutliers.Engine.SelfTest;

/// <summary>A disturbance of known kind and size at a known place.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Size">How much: see <see cref="InjectionKind"/>.</param>
/// <param name="Start">The first row.</param>
/// <param name="Length">How many rows.</param>
public readonly record struct Injection(InjectionKind Kind, double Size, int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>The sizes that are tried, ascending.</summary>
    public static IReadOnlyList<double> Sizes(InjectionKind kind) => kind switch
    {
        InjectionKind.Spike => [0.25, 0.5, 1, 2, 4],
        InjectionKind.Dip => [0.25, 0.5, 0.75, 0.9],
        InjectionKind.Outage => [1, 3, 6, 12],
        InjectionKind.Shift or InjectionKind.Ramp => [0.2, 0.4, 0.6, 1],
        InjectionKind.Plateau => [0.5, 1, 2, 4],
        InjectionKind.MissingPeak => [0.5, 0.75, 1],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };

    /// <param name="kind">What is done.</param>
    /// <param name="size">How much.</param>
    /// <param name="rowsPerDay">At least 1.</param>
    public static int LengthOf(InjectionKind kind, double size, int rowsPerDay) => kind switch
    {
        InjectionKind.Spike or InjectionKind.Dip => 3,
        InjectionKind.Outage => (int)size,
        InjectionKind.Shift => Math.Max(2, rowsPerDay / 4),
        InjectionKind.Ramp or InjectionKind.MissingPeak => Math.Max(2, rowsPerDay / 2),
        InjectionKind.Plateau => Math.Max(2, rowsPerDay / 48),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };

    /// <summary>A disturbed copy of the series. Missing values stay missing.</summary>
    /// <param name="values">One per row, NaN when missing.</param>
    /// <param name="rowsPerDay">At least 1.</param>
    public double[] Apply(ReadOnlySpan<double> values, int rowsPerDay)
    {
        var disturbed = values.ToArray();
        var floor = Kind == InjectionKind.MissingPeak ? LowestAround(values, rowsPerDay) : 0;
        var flood = Kind == InjectionKind.Plateau ? Size * Known(values, 0.9) : 0;
        for (var row = Start; row < End; row++)
        {
            var value = values[row];
            disturbed[row] = Kind switch
            {
                InjectionKind.Spike or InjectionKind.Shift => value * (1 + Size),
                InjectionKind.Dip => value * (1 - Size),
                InjectionKind.Outage => value * 0,
                InjectionKind.Ramp => value * (1 + Size * (1 - Math.Abs(2 * (row - Start + 0.5) / Length - 1))),
                InjectionKind.Plateau => value + flood,
                _ => Math.Min(value, floor + (1 - Size) * (value - floor)),
            };
        }
        return disturbed;
    }

    private double LowestAround(ReadOnlySpan<double> values, int rowsPerDay)
    {
        var first = Math.Max(0, Start + Length / 2 - rowsPerDay / 2);
        return Known(values[first..Math.Min(values.Length, first + rowsPerDay)], 0.05);
    }

    private static double Known(ReadOnlySpan<double> values, double share)
    {
        var known = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
                known.Add(value);
        }
        return known.Count > 0 ? Quantile.Of(known.ToArray(), share) : 0;
    }
}
