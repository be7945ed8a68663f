using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>
/// Derivatives of the activation functions. All but gelu's follow from what the function gave; gelu's is kept by the forward pass, which
/// has the exponential that it needs at hand.
/// </summary>
internal static class ActivationGradients
{
    /// <summary>Whether <see cref="ApplyKeepingSlope"/> must have run before <see cref="Multiply"/>.</summary>
    public static bool KeepsSlope(ActivationFunction function) => function == ActivationFunction.Gelu;

    /// <summary>The function in place, as <see cref="Activations.Apply"/>.</summary>
    /// <param name="slope">As long as the values; filled with the derivative where the function keeps it, else not looked at.</param>
    public static void ApplyKeepingSlope(ActivationFunction function, Span<float> values, int row, Span<float> slope)
    {
        if (KeepsSlope(function))
            GeluWithSlope(values, slope);
        else
            Activations.Apply(function, values, row);
    }

    /// <summary>The gradient by the function's result becomes that by its argument, in place.</summary>
    /// <param name="function">Which.</param>
    /// <param name="result">What the function gave, whole rows.</param>
    /// <param name="row">The length of the last axis, over which softmax sums.</param>
    /// <param name="slope">The derivative that the forward pass kept.</param>
    /// <param name="gradient">Changed in place.</param>
    public static void Multiply(
        ActivationFunction function, ReadOnlySpan<float> result, int row, ReadOnlySpan<float> slope, Span<float> gradient)
    {
        switch (function)
        {
            case ActivationFunction.Linear:
                break;
            case ActivationFunction.Relu:
                Each<ReluSlope>(result, gradient);
                break;
            case ActivationFunction.Elu:
                Each<EluSlope>(result, gradient);
                break;
            case ActivationFunction.Selu:
                Each<SeluSlope>(result, gradient);
                break;
            case ActivationFunction.Gelu:
                Each<KeptSlope>(slope, gradient);
                break;
            case ActivationFunction.Tanh:
                Each<TanhSlope>(result, gradient);
                break;
            case ActivationFunction.Sigmoid:
                Each<SigmoidSlope>(result, gradient);
                break;
            case ActivationFunction.Softmax:
                Softmax(result, row, gradient);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(function), function, "no such activation function");
        }
    }

    /// <summary>gradient ·= slope(result).</summary>
    private static void Each<TSlope>(ReadOnlySpan<float> result, Span<float> gradient)
        where TSlope : struct, IVectorFunction
    {
        ref var y = ref MemoryMarshal.GetReference(result);
        ref var g = ref MemoryMarshal.GetReference(gradient);
        var at = 0;
        _ = result[..gradient.Length];
        for (; at + Vector256<float>.Count <= gradient.Length; at += Vector256<float>.Count)
            (Vector256.LoadUnsafe(ref g, (nuint)at) * TSlope.Invoke(Vector256.LoadUnsafe(ref y, (nuint)at))).StoreUnsafe(ref g, (nuint)at);
        for (; at < gradient.Length; at++)
            gradient[at] *= TSlope.Invoke(Vector256.Create(result[at])).ToScalar();
    }

    /// <summary>x·Φ(x), and its derivative Φ(x) + x·φ(x).</summary>
    private static void GeluWithSlope(Span<float> values, Span<float> slope)
    {
        ref var x = ref MemoryMarshal.GetReference(values);
        ref var s = ref MemoryMarshal.GetReference(slope);
        var at = 0;
        _ = slope[..values.Length];
        for (; at + Vector256<float>.Count <= values.Length; at += Vector256<float>.Count)
        {
            var (result, derivative) = VectorMath.GeluWithSlope(Vector256.LoadUnsafe(ref x, (nuint)at));
            result.StoreUnsafe(ref x, (nuint)at);
            derivative.StoreUnsafe(ref s, (nuint)at);
        }
        for (; at < values.Length; at++)
        {
            var (result, derivative) = VectorMath.GeluWithSlope(Vector256.Create(values[at]));
            (values[at], slope[at]) = (result.ToScalar(), derivative.ToScalar());
        }
    }

    /// <summary>dxᵢ = yᵢ·(dyᵢ − Σ dyⱼ·yⱼ) for each row.</summary>
    private static void Softmax(ReadOnlySpan<float> result, int row, Span<float> gradient)
    {
        for (var start = 0; start < gradient.Length; start += row)
        {
            var sum = 0f;
            for (var i = start; i < start + row; i++)
                sum += gradient[i] * result[i];
            for (var i = start; i < start + row; i++)
                gradient[i] = result[i] * (gradient[i] - sum);
        }
    }

    private readonly struct KeptSlope : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => x;
    }

    private readonly struct ReluSlope : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.ConditionalSelect(
            Vector256.GreaterThan(x, Vector256<float>.Zero), Vector256<float>.One, Vector256<float>.Zero);
    }

    /// <summary>For x ≤ 0 the derivative eˣ is the result plus 1.</summary>
    private readonly struct EluSlope : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.ConditionalSelect(
            Vector256.GreaterThan(x, Vector256<float>.Zero), Vector256<float>.One, x + Vector256<float>.One);
    }

    private readonly struct SeluSlope : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.ConditionalSelect(
            Vector256.GreaterThan(x, Vector256<float>.Zero), Vector256.Create(Activations.SeluScale),
            x + Vector256.Create(Activations.SeluScale * Activations.SeluAlpha));
    }

    private readonly struct TanhSlope : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256<float>.One - x * x;
    }

    private readonly struct SigmoidSlope : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => x * (Vector256<float>.One - x);
    }
}
