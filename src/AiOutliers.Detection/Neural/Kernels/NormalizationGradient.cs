using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>The way back through a normalisation of rows: y = γ·x̂ + β, x̂ = (x − mean)·inverse.</summary>
internal static class NormalizationGradient
{
    /// <summary>
    /// dx += inverse·(dy·γ − mean of dy·γ − x̂·mean of dy·γ·x̂) for one row (Ba, Kiros, Hinton 2016); dγ += dy·x̂ and dβ
    /// += dy.
    /// </summary>
    public static void Row(
        ReadOnlySpan<float> input, float mean, float inverse, ReadOnlySpan<float> gamma, ReadOnlySpan<float> gradient,
        Span<float> inputGradient, Span<float> gammaGradient, Span<float> betaGradient)
    {
        var (sum, product) = Sums(input, mean, inverse, gamma, gradient, gammaGradient, betaGradient);
        (sum, product) = (sum / input.Length, product / input.Length);
        ref var x = ref MemoryMarshal.GetReference(input);
        ref var g = ref MemoryMarshal.GetReference(gamma);
        ref var dy = ref MemoryMarshal.GetReference(gradient);
        ref var dx = ref MemoryMarshal.GetReference(inputGradient);
        var at = 0;
        for (; at + Vector256<float>.Count <= input.Length; at += Vector256<float>.Count)
        {
            var normal = (Vector256.LoadUnsafe(ref x, (nuint)at) - Vector256.Create(mean)) * inverse;
            var part =
                Vector256.LoadUnsafe(ref dy, (nuint)at) * Vector256.LoadUnsafe(ref g, (nuint)at) - Vector256.Create(sum) - normal * product;
            Vector256.MultiplyAddEstimate(part, Vector256.Create(inverse), Vector256.LoadUnsafe(ref dx, (nuint)at))
                .StoreUnsafe(ref dx, (nuint)at);
        }
        for (; at < input.Length; at++)
            inputGradient[at] += inverse * (gradient[at] * gamma[at] - sum - (input[at] - mean) * inverse * product);
    }

    /// <summary>Σ dy·γ and Σ dy·γ·x̂ of a row, and what it adds to the gradients by γ and β.</summary>
    private static (float Sum, float Product) Sums(
        ReadOnlySpan<float> input, float mean, float inverse, ReadOnlySpan<float> gamma,
        ReadOnlySpan<float> gradient, Span<float> gammaGradient, Span<float> betaGradient)
    {
        ref var x = ref MemoryMarshal.GetReference(input);
        ref var g = ref MemoryMarshal.GetReference(gamma);
        ref var dy = ref MemoryMarshal.GetReference(gradient);
        ref var dg = ref MemoryMarshal.GetReference(gammaGradient);
        ref var db = ref MemoryMarshal.GetReference(betaGradient);
        var (sums, products) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var at = 0;
        for (; at + Vector256<float>.Count <= input.Length; at += Vector256<float>.Count)
        {
            var normal = (Vector256.LoadUnsafe(ref x, (nuint)at) - Vector256.Create(mean)) * inverse;
            var outer = Vector256.LoadUnsafe(ref dy, (nuint)at);
            var scaled = outer * Vector256.LoadUnsafe(ref g, (nuint)at);
            sums += scaled;
            products = Vector256.MultiplyAddEstimate(scaled, normal, products);
            Vector256.MultiplyAddEstimate(outer, normal, Vector256.LoadUnsafe(ref dg, (nuint)at)).StoreUnsafe(ref dg, (nuint)at);
            (Vector256.LoadUnsafe(ref db, (nuint)at) + outer).StoreUnsafe(ref db, (nuint)at);
        }
        var (sum, product) = (Vector256.Sum(sums), Vector256.Sum(products));
        for (; at < input.Length; at++)
        {
            var normal = (input[at] - mean) * inverse;
            sum += gradient[at] * gamma[at];
            product += gradient[at] * gamma[at] * normal;
            gammaGradient[at] += gradient[at] * normal;
            betaGradient[at] += gradient[at];
        }
        return (sum, product);
    }
}
