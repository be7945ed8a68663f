using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Numerics;

/// <summary>
/// Prediction of a value from its neighbours, by the Yule-Walker equations and Levinson's recursion (Brockwell, Davis: Time Series: Theory
/// and Methods, 1991, 5.1 and 8.1).
/// </summary>
internal static class LinearPrediction
{
    private const int Lanes = 4;

    // A little white noise: the equations stay solvable for a series that predicts itself perfectly.
    private const double Ridge = 1.001;

    // Nothing is left to predict.
    private const double Exhausted = 1e-12;

    /// <summary>The error filter a₀ = 1, a₁..a_p: the error of predicting yᵢ − mean is Σ aⱼ·(yᵢ₋ⱼ − mean).</summary>
    /// <param name="y">The series; its mean is removed in place.</param>
    /// <param name="filter">p + 1 coefficients.</param>
    public static void Fit(Span<double> y, Span<double> filter)
    {
        var mean = Sums.Mean(y);
        foreach (ref var value in y)
            value -= mean;
        var order = filter.Length - 1;
        Span<double> covariance = stackalloc double[order + 1];
        for (var lag = 0; lag <= order; lag++)
            covariance[lag] = Sums.Dot(y[..^lag], y[lag..]) / y.Length;
        covariance[0] *= Ridge;
        Levinson(covariance, filter);
    }

    /// <summary>
    /// The smaller in size of the errors of predicting vᵢ from the values before it and from those behind it; the ends are repeated.
    /// </summary>
    /// <param name="v">The series.</param>
    /// <param name="filter">The error filter.</param>
    /// <param name="errors">One a point.</param>
    public static void Errors(ReadOnlySpan<double> v, ReadOnlySpan<double> filter, Span<double> errors)
    {
        var order = filter.Length - 1;
        ref var first = ref MemoryMarshal.GetReference(v);
        ref var target = ref MemoryMarshal.GetReference(errors[..v.Length]);
        var i = 0;
        for (; i < Math.Min(order, v.Length); i++)
            errors[i] = ErrorAtEdge(v, filter, i);
        for (; i + Lanes <= v.Length - order; i += Lanes)
        {
            var forward = Vector256<double>.Zero;
            var backward = Vector256<double>.Zero;
            for (var j = 0; j <= order; j++)
            {
                var weight = Vector256.Create(filter[j]);
                forward += weight * Vector256.LoadUnsafe(ref first, (nuint)(i - j));
                backward += weight * Vector256.LoadUnsafe(ref first, (nuint)(i + j));
            }
            var takeForward = Vector256.LessThanOrEqual(Vector256.Abs(forward), Vector256.Abs(backward));
            Vector256.ConditionalSelect(takeForward, forward, backward).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < v.Length; i++)
            errors[i] = ErrorAtEdge(v, filter, i);
    }

    /// <summary>The error of predicting a value from those before it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="before">At least p values before it.</param>
    /// <param name="filter">The error filter.</param>
    public static double ForwardError(double value, ReadOnlySpan<double> before, ReadOnlySpan<double> filter)
    {
        var error = filter[0] * value;
        for (var j = 1; j < filter.Length; j++)
            error += filter[j] * before[^j];
        return error;
    }

    private static double ErrorAtEdge(ReadOnlySpan<double> v, ReadOnlySpan<double> filter, int i)
    {
        var (forward, backward) = (0.0, 0.0);
        for (var j = 0; j < filter.Length; j++)
        {
            forward += filter[j] * v[Math.Max(0, i - j)];
            backward += filter[j] * v[Math.Min(v.Length - 1, i + j)];
        }
        return Math.Abs(forward) <= Math.Abs(backward) ? forward : backward;
    }

    private static void Levinson(ReadOnlySpan<double> covariance, Span<double> filter)
    {
        filter.Clear();
        filter[0] = 1;
        Span<double> before = stackalloc double[filter.Length];
        var error = covariance[0];
        for (var k = 1; k < filter.Length && error > Exhausted * covariance[0]; k++)
        {
            var sum = 0.0;
            for (var j = 0; j < k; j++)
                sum += filter[j] * covariance[k - j];
            var reflection = -sum / error;
            filter.CopyTo(before);
            for (var j = 1; j <= k; j++)
                filter[j] = before[j] + reflection * before[k - j];
            error *= 1 - reflection * reflection;
        }
    }
}
