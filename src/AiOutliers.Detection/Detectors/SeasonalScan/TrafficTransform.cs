using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.SeasonalScan;

/// <summary>
/// t = √(x / median of the positive x), which gives the noise of counts one size (Anscombe, The transformation of Poisson, binomial and negative-binomial
/// data, 1948) and that of traffic nearly so; for a series with negative values t = x. Both in units that follow the series: multiplied by a power of two,
/// it gives the same t to the last bit.
/// </summary>
/// <param name="Unit">Divides x: the median of the positive values, or the power of two near the median size.</param>
/// <param name="IsRoot">Which of the two.</param>
internal readonly record struct TrafficTransform(double Unit, bool IsRoot)
{
    // The product of two sums of squares of so many units stays finite. No real series comes near.
    private const double Limit = 1e70;

    public static TrafficTransform For(ReadOnlySpan<double> x, Scratch scratch)
    {
        var isRoot = TensorPrimitives.Min(x) >= 0;
        var sizes = scratch.Take(x.Length);
        var count = 0;
        foreach (var value in x)
        {
            sizes[count] = Math.Abs(value);
            count += value == 0 ? 0 : 1;
        }
        if (count == 0)
            return new(1, false);
        var median = OrderStatistics.Median(sizes[..count]);
        return isRoot ? new(median, true) : new(Math.ScaleB(1, Math.ILogB(median)), false);
    }

    /// <summary>
    /// The standard deviation that Poisson counts of any mean above one have, transformed: half of the root of one event. 0 for what are no counts of few events.
    /// </summary>
    public double CountNoise(ReadOnlySpan<double> x) => IsRoot ? 0.5 * Math.Sqrt(CountUnit.Of(x) / Unit) : 0;

    /// <summary>x in units, and t.</summary>
    public void Apply(ReadOnlySpan<double> x, Span<double> units, Span<double> t)
    {
        TensorPrimitives.Divide(x, Unit, units);
        TensorPrimitives.Min(units, Limit, units);
        TensorPrimitives.Max(units, -Limit, units);
        if (!IsRoot)
        {
            units.CopyTo(t);
            return;
        }
        TensorPrimitives.Sqrt(units, t);
    }

    /// <summary>x from t, in place.</summary>
    public void Invert(Span<double> t)
    {
        if (IsRoot)
        {
            TensorPrimitives.Max(t, 0, t);
            TensorPrimitives.Multiply(t, t, t);
        }
        TensorPrimitives.Multiply(t, Unit, t);
        // Only a band around values at the end of the range of numbers gets there.
        TensorPrimitives.Min(t, double.MaxValue, t);
        TensorPrimitives.Max(t, double.MinValue, t);
    }
}
