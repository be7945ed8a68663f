using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AiOutliers.Detection.Neural.Training;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>Sums of losses and their gradients. NaN stays NaN.</summary>
internal static class Losses
{
    /// <summary>
    /// Σ loss(y − target), summed in single precision over <paramref name="run"/> values at a time and in double precision over those.
    /// </summary>
    /// <param name="output">y, whole runs.</param>
    /// <param name="target">As long.</param>
    /// <param name="run">Values of one example.</param>
    public static double Sum(LossFunction function, ReadOnlySpan<float> output, ReadOnlySpan<float> target, int run)
    {
        var sum = 0.0;
        for (var start = 0; start < output.Length; start += run)
        {
            sum += function switch
            {
                LossFunction.MeanAbsoluteError => Sum<Magnitude>(output.Slice(start, run), target.Slice(start, run)),
                LossFunction.MeanSquaredError => Sum<Square>(output.Slice(start, run), target.Slice(start, run)),
                _ => throw new ArgumentOutOfRangeException(nameof(function), function, "no such loss function"),
            };
        }
        return sum;
    }

    /// <summary>gradient += scale·loss′(y − target): the sign (0 at 0), or twice the difference.</summary>
    public static void AddGradient(
        LossFunction function, ReadOnlySpan<float> output, ReadOnlySpan<float> target, float scale, Span<float> gradient)
    {
        var squared = function == LossFunction.MeanSquaredError;
        for (var i = 0; i < output.Length; i++)
        {
            var difference = output[i] - target[i];
            gradient[i] += scale * (squared ? 2 * difference : difference > 0 ? 1 : difference < 0 ? -1 : difference);
        }
    }

    private static float Sum<TLoss>(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
        where TLoss : struct, IVectorFunction
    {
        ref var y = ref MemoryMarshal.GetReference(output);
        ref var t = ref MemoryMarshal.GetReference(target);
        var sums = Vector256<float>.Zero;
        var at = 0;
        for (; at + Vector256<float>.Count <= output.Length; at += Vector256<float>.Count)
            sums += TLoss.Invoke(Vector256.LoadUnsafe(ref y, (nuint)at) - Vector256.LoadUnsafe(ref t, (nuint)at));
        var sum = Vector256.Sum(sums);
        for (; at < output.Length; at++)
            sum += TLoss.Invoke(Vector256.Create(output[at] - target[at])).ToScalar();
        return sum;
    }

    private readonly struct Magnitude : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.Abs(x);
    }

    private readonly struct Square : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => x * x;
    }
}
