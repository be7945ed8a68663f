using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.LevelShift;

/// <summary>Medians of finite values that may be none: of nothing, NaN.</summary>
internal static class Median
{
    /// <param name="values">Overwritten.</param>
    public static double Of(Span<double> values)
    {
        var (lower, upper) = Middle(values);
        return values.Length % 2 == 1 ? upper : (lower + upper) / 2;
    }

    /// <summary>1.4826 · median |v|: the spread around 0.</summary>
    /// <param name="values">Overwritten.</param>
    public static double SpreadAroundZero(Span<double> values)
    {
        TensorPrimitives.Abs(values, values);
        return Robust.MadFactor * Of(values);
    }

    /// <summary>The values that sorting would put at (n − 1)/2 and n/2; NaN when there are none.</summary>
    /// <param name="values">Overwritten.</param>
    public static (double Lower, double Upper) Middle(Span<double> values)
    {
        if (values.IsEmpty)
            return (double.NaN, double.NaN);
        if (values.Length <= Partition.Small)
        {
            Partition.SortSmall(values);
            return (values[(values.Length - 1) / 2], values[values.Length / 2]);
        }
        var (lower, next) = OrderStatistics.Neighbours(values, (values.Length - 1) / 2, values);
        return (lower, values.Length % 2 == 1 ? lower : next);
    }
}
