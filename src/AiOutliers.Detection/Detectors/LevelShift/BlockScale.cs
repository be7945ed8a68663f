using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>
/// From values to the unit that changes are measured in. Data that is hardly ever negative: log(x/c + floor), c the median of the positive
/// values (a change is a factor; the floor tolerates zeros); else x / (2·MADn). Both are free of the data's own unit, to the last bit
/// under powers of two.
/// </summary>
/// <param name="Unit">c, or 2·MADn (twice the standard deviation where the MAD is 0).</param>
/// <param name="Signed">Whether there are negative values.</param>
/// <param name="Floor">What is added to x/c: a share of the usual.</param>
internal readonly record struct BlockScale(double Unit, bool Signed, double Floor)
{
    /// <summary>A tenth of the usual: nights and weekends below it do not count.</summary>
    public const double Coarse = 0.1;

    /// <summary>
    /// Where the weekends are known, they are compared with weekends, and their changes count too: the night of an office's weekend is a
    /// hundredth of the usual. Zeros must still stay finite.
    /// </summary>
    public const double Fine = 0.005;

    /// <summary>Against four events a bucket, one more or less is not a change of level.</summary>
    private const double CountFloor = 4;

    /// <summary>One negative value in so many may be an error; it counts as missing.</summary>
    private const int RowsPerError = 100;

    /// <summary>Whether the data has any extent: something positive, or values that differ.</summary>
    public bool IsUsable => Unit > 0 && double.IsFinite(Unit);

    /// <param name="values">The series; what is not finite is missing, and counts as the line between its neighbours.</param>
    public static BlockScale Of(ReadOnlySpan<double> values, double floor = Coarse)
    {
        using var filled = new PooledBuffer(values.Length);
        if (MissingValues.Fill(values, filled.Span) == 0)
            return new(0, false, floor);
        if (IsSigned(filled.Span))
            return new(2 * Spread(filled.Span), true, floor);
        // Gathered in place: what is read is never behind what is written.
        var count = 0;
        foreach (var value in filled.Span)
        {
            if (value > 0)
                filled.Span[count++] = value;
        }
        var unit = Median.Of(filled.Span[..count]);
        return new(unit, false, Math.Max(floor, CountFloor * CountUnit.Of(values) / unit));
    }

    /// <summary>
    /// Whether negative values are a part of the data. A few of them are errors, such as the difference across a counter's reset.
    /// </summary>
    public static bool IsSigned(ReadOnlySpan<double> values)
    {
        var negative = 0;
        foreach (var value in values)
            negative += value < 0 ? 1 : 0;
        return negative * RowsPerError > values.Length;
    }

    public double Apply(double value) => Signed ? value / Unit : Math.Log(value / Unit + Floor);

    /// <summary>A change in this unit as the user sees it: a factor, or a difference of signed data.</summary>
    public double Size(double change) => Signed ? change * Unit : Math.Exp(change);

    private static double Spread(ReadOnlySpan<double> values)
    {
        using var buffer = new PooledBuffer(values.Length);
        var rest = buffer.Span;
        TensorPrimitives.Subtract(values, OrderStatistics.Median(values, rest), rest);
        var spread = Median.SpreadAroundZero(rest);
        return spread > 0 ? spread : StandardDeviation(values);
    }

    private static double StandardDeviation(ReadOnlySpan<double> values)
    {
        var (mean, squares) = (0.0, 0.0);
        foreach (var value in values)
            mean += value / values.Length;
        foreach (var value in values)
            squares += (value - mean) * (value - mean) / values.Length;
        return Math.Sqrt(squares);
    }
}
