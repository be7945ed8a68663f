using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// t = √(x / median of the positive x), which gives the noise of counts one size (Anscombe, The transformation of Poisson, binomial and
/// negative-binomial data, 1948) and that of traffic nearly so. Buckets of hours, or of a day, hold so many events that they differ by
/// factors, at night as at noon: there t = log(x/median + 1/50). For a series with negative values t = x. All in units that follow the
/// series: multiplied by a power of two, it gives the same t to the last bit.
/// </summary>
/// <param name="Unit">Divides x: the median of the positive values, or the power of two near the median size.</param>
/// <param name="IsRoot">Whether no value is negative.</param>
/// <param name="IsLogarithm">Whether the buckets hold hours of traffic.</param>
internal readonly record struct TrafficTransform(double Unit, bool IsRoot, bool IsLogarithm = false)
{
    // The product of two sums of squares of so many units stays finite. No real series comes near.
    private const double Limit = 1e70;

    // Buckets of three hours and more.
    private const int MostCoarsePoints = 8;

    // Of the median: buckets of so many events scatter less than days differ.
    private const double FewEvents = 0.01;

    // A fiftieth of the median: zeros stay finite, nights stay far above.
    private const double Floor = 0.02;

    /// <param name="x">The known values.</param>
    /// <param name="pointsPerDay">0 unknown; where a bucket is a day, those of a week.</param>
    /// <param name="scratch">Working memory.</param>
    public static TrafficTransform For(ReadOnlySpan<double> x, int pointsPerDay, Scratch scratch)
    {
        var minimum = TensorPrimitives.Min(x);
        var room = scratch.Take(x.Length);
        var sizes = minimum > 0 ? x : Sizes(x, room);
        if (sizes.IsEmpty)
            return new(1, false);
        var median = OrderStatistics.Median(sizes, room);
        return minimum >= 0 ? new(median, true, IsCoarse(x, pointsPerDay, median)) : new(Math.ScaleB(1, Math.ILogB(median)), false);
    }

    /// <summary>Of the values that are not 0.</summary>
    private static ReadOnlySpan<double> Sizes(ReadOnlySpan<double> x, Span<double> sizes)
    {
        var count = 0;
        foreach (var value in x)
        {
            sizes[count] = Math.Abs(value);
            count += value == 0 ? 0 : 1;
        }
        return sizes[..count];
    }

    private static bool IsCoarse(ReadOnlySpan<double> x, int pointsPerDay, double median) =>
        pointsPerDay is > 0 and <= MostCoarsePoints && CountUnit.Of(x) <= FewEvents * median;

    /// <summary>
    /// The standard deviation that Poisson counts of any mean above one have, transformed: half of the root of one event. 0 for values that
    /// are not counts of few events.
    /// </summary>
    public double CountNoise(ReadOnlySpan<double> x) => IsRoot && !IsLogarithm ? 0.5 * Math.Sqrt(CountUnit.Of(x) / Unit) : 0;

    /// <summary>t of one value; NaN where it is missing.</summary>
    public double Of(double x)
    {
        var units = x / Unit;
        return IsLogarithm ? Math.Log(units + Floor) : IsRoot ? Math.Sqrt(units) : units;
    }

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
        if (!IsLogarithm)
        {
            TensorPrimitives.Sqrt(units, t);
            return;
        }
        TensorPrimitives.Add(units, Floor, t);
        TensorPrimitives.Log(t, t);
    }

    /// <summary>x from t, in place.</summary>
    public void Invert(Span<double> t)
    {
        if (IsLogarithm)
        {
            TensorPrimitives.Exp(t, t);
            TensorPrimitives.Subtract(t, Floor, t);
            TensorPrimitives.Max(t, 0, t);
        }
        else if (IsRoot)
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
