using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>Activation functions in place. NaN stays NaN.</summary>
internal static class Activations
{
    /// <summary>The constants of selu that keep mean 0 and variance 1 (Klambauer et al. 2017).</summary>
    internal const float SeluScale = 1.05070098f, SeluAlpha = 1.67326324f;

    /// <param name="function">Which.</param>
    /// <param name="values">Whole rows; changed in place.</param>
    /// <param name="row">The length of the last axis, over which softmax sums.</param>
    public static void Apply(ActivationFunction function, Span<float> values, int row)
    {
        switch (function)
        {
            case ActivationFunction.Linear:
                break;
            case ActivationFunction.Relu:
                Each<Relu>(values);
                break;
            case ActivationFunction.Elu:
                Each<Elu>(values);
                break;
            case ActivationFunction.Selu:
                Each<Selu>(values);
                break;
            case ActivationFunction.Gelu:
                Each<Gelu>(values);
                break;
            case ActivationFunction.Tanh:
                Each<Tanh>(values);
                break;
            case ActivationFunction.Sigmoid:
                Each<Sigmoid>(values);
                break;
            case ActivationFunction.Softmax:
                Softmax(values, row);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(function), function, "no such activation function");
        }
    }

    /// <summary>The function of every value, in place; the last ones go through a padded vector, so that all are computed alike.</summary>
    private static void Each<TFunction>(Span<float> values)
        where TFunction : struct, IVectorFunction
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var at = 0;
        for (; at + Vector256<float>.Count <= values.Length; at += Vector256<float>.Count)
            TFunction.Invoke(Vector256.LoadUnsafe(ref first, (nuint)at)).StoreUnsafe(ref first, (nuint)at);
        if (at == values.Length)
            return;
        Span<float> rest = stackalloc float[Vector256<float>.Count];
        values[at..].CopyTo(rest);
        TFunction.Invoke(Vector256.Create<float>(rest)).CopyTo(rest);
        rest[..(values.Length - at)].CopyTo(values[at..]);
    }

    /// <summary>e^(x − max) / Σ e^(x − max) for each row: the same as without the maximum, and no overflow.</summary>
    private static void Softmax(Span<float> values, int row)
    {
        for (var start = 0; start < values.Length; start += row)
        {
            var most = values[start];
            foreach (var value in values.Slice(start + 1, row - 1))
                most = value > most ? value : most;
            foreach (ref var value in values.Slice(start, row))
                value -= most;
        }
        Each<Exp>(values);
        for (var start = 0; start < values.Length; start += row)
        {
            var sum = 0f;
            foreach (var value in values.Slice(start, row))
                sum += value;
            var share = 1 / sum;
            foreach (ref var value in values.Slice(start, row))
                value *= share;
        }
    }

    private readonly struct Relu : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.Max(x, Vector256<float>.Zero);
    }

    private readonly struct Elu : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Elu(x, 1);
    }

    private readonly struct Selu : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => SeluScale * VectorMath.Elu(x, SeluAlpha);
    }

    private readonly struct Gelu : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Gelu(x);
    }

    private readonly struct Tanh : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Tanh(x);
    }

    private readonly struct Sigmoid : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Sigmoid(x);
    }

    private readonly struct Exp : IVectorFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => VectorMath.Exp(x);
    }
}
