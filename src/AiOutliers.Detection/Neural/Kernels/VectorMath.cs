using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AiOutliers.Detection.Neural.Kernels;

/// <summary>
/// Exponential functions of eight floats at once. <see cref="System.Numerics.Tensors.TensorPrimitives"/> computes them in double precision,
/// which takes three times as long; the weights that they are applied to hold 24 bits. Inlined by order: a call hands its vectors over in
/// memory. Products are added with one rounding where the processor can (FMA), else with two: imitating one takes ten times as long. So the
/// last bits of a result may differ between kinds of processors, never between runs or numbers of cores.
/// </summary>
internal static class VectorMath
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: the first has few enough bits that n·Ln2High is exact (Cody, Waite: Software Manual for the Elementary Functions,
    // 1980).
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>
    /// eˣ, relative error below 2e-7. x is clamped to [−87, 88]: the results stay normal numbers. NaN gives NaN.
    /// x = n·ln 2 + r, |r| ≤ ln 2 / 2; eˣ = 2ⁿ·eʳ with the Taylor polynomial of degree 7, whose remainder is below 1e-8.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.Max(Vector256.Min(x, Vector256.Create(88f)), Vector256.Create(-87f));
        var n = Vector256.Round(x * Log2E);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2High), x);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2Low), r);
        var p = Vector256.Create(1f / 5040);
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(1f / 720));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(1f / 120));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(1f / 24));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(1f / 6));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(0.5f));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256<float>.One);
        p = Vector256.MultiplyAddEstimate(p, r, Vector256<float>.One);
        return p * Vector256.ShiftLeft(Vector256.ConvertToInt32(n) + Vector256.Create(127), 23).AsSingle();
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Vector256<float>.One / (Vector256<float>.One + Exp(-x));

    /// <summary>tanh x = 1 − 2 / (e²ˣ + 1); absolute error below 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) =>
        Vector256<float>.One - Vector256.Create(2f) / (Exp(x + x) + Vector256<float>.One);

    /// <summary>
    /// erf x, absolute error below 4e-7: 1 − (a₁t + … + a₅t⁵)·e^(−x²), t = 1/(1 + p·|x|)
    /// (Abramowitz, Stegun: Handbook of Mathematical Functions, 1964, 7.1.26).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x) => ErfWithExp(x, out _);

    /// <param name="exponential">e^(−x²), but 0 beyond 4, where it is below 2e-7.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ErfWithExp(Vector256<float> x, out Vector256<float> exponential)
    {
        // Beyond 4 the result is 1 in single precision; and products with a tiny exponential would be denormal numbers, which are slow.
        var size = Vector256.Min(Vector256.Abs(x), Vector256.Create(4f));
        var t = Vector256<float>.One / Vector256.MultiplyAddEstimate(size, Vector256.Create(0.3275911f), Vector256<float>.One);
        var p = Vector256.Create(1.061405429f);
        p = Vector256.MultiplyAddEstimate(p, t, Vector256.Create(-1.453152027f));
        p = Vector256.MultiplyAddEstimate(p, t, Vector256.Create(1.421413741f));
        p = Vector256.MultiplyAddEstimate(p, t, Vector256.Create(-0.284496736f));
        p = Vector256.MultiplyAddEstimate(p, t, Vector256.Create(0.254829592f));
        var decay = Exp(-size * size);
        exponential = Vector256.ConditionalSelect(Vector256.LessThan(size, Vector256.Create(4f)), decay, Vector256<float>.Zero);
        var result = Vector256<float>.One - p * t * decay;
        return Vector256.CopySign(result, x);
    }

    /// <summary>½·x·(1 + erf(x/√2)).</summary>
    public static Vector256<float> Gelu(Vector256<float> x) =>
        x * 0.5f * (Vector256<float>.One + Erf(x * 0.70710678f));

    /// <summary>x·Φ(x) and its derivative Φ(x) + x·φ(x): one exponential, e^(−x²/2), serves both.</summary>
    public static (Vector256<float> Result, Vector256<float> Slope) GeluWithSlope(Vector256<float> x)
    {
        var cumulative = 0.5f * (Vector256<float>.One + ErfWithExp(x * 0.70710678f, out var exponential));
        // 1/√(2π)
        return (x * cumulative, Vector256.MultiplyAddEstimate(x * 0.39894228f, exponential, cumulative));
    }

    /// <summary>x for x &gt; 0, else α·(eˣ − 1).</summary>
    public static Vector256<float> Elu(Vector256<float> x, float alpha) => Vector256.ConditionalSelect(
        Vector256.GreaterThan(x, Vector256<float>.Zero), x, alpha * (Exp(x) - Vector256<float>.One));
}
