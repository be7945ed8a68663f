using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralNumbers;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>Section 1 of docs/detectors/seasonal-scan-algorithm.md, line by line.</summary>
/// <param name="Unit">c.</param>
/// <param name="IsRoot">Whether no value is negative.</param>
/// <param name="IsLogarithm">Whether the buckets hold hours.</param>
/// <param name="CountNoise">σc; 0 for what is not a count of few events.</param>
internal sealed record LiteralTransform(double Unit, bool IsRoot, bool IsLogarithm, double CountNoise)
{
    /// <param name="x">The known values, not all of them 0.</param>
    /// <param name="hint">Points per day; 0 unknown.</param>
    public static LiteralTransform Of(double[] x, int hint)
    {
        var isRoot = x.Min() >= 0;
        var median = Median(x.Where(static value => value != 0).Select(Math.Abs));
        var unit = isRoot ? median : Math.ScaleB(1, Math.ILogB(median));
        var one = x.Where(static value => value > 0).DefaultIfEmpty(1).Min();
        var areCounts = x.All(value => value / one == Math.Round(value / one));
        var isLogarithm = isRoot && hint is > 0 and <= 8 && (!areCounts || one <= 0.01 * unit);
        return new(unit, isRoot, isLogarithm, isRoot && !isLogarithm && areCounts ? 0.5 * Math.Sqrt(one / unit) : 0);
    }

    /// <summary>t.</summary>
    public double To(double x) => IsLogarithm ? Math.Log(x / Unit + 0.02) : IsRoot ? Math.Sqrt(x / Unit) : x / Unit;

    /// <summary>x.</summary>
    public double Back(double t) =>
        Unit * (IsLogarithm ? Math.Max(Math.Exp(t) - 0.02, 0) : IsRoot ? Math.Max(t, 0) * Math.Max(t, 0) : t);
}
