using System.Numerics;
using System.Numerics.Tensors;

namespace AiOutliers.Detection.Numerics;

/// <summary>Pearson's correlation of z[0..n−k) with z[k..n): each part with its own mean and variance.</summary>
internal static class Autocorrelation
{
    // Added to the product of both variances, as a share of the whole series' squared: a flat part gives 0 instead of 0/0.
    private const double FlatShare = 1e-12;

    // A correlation over fewer pairs, as a share of all, is chance.
    private const double LeastPairs = 0.1;

    /// <summary>At one lag, directly: cheaper than all of them by transform when only a few are wanted.</summary>
    public static double At(ReadOnlySpan<double> z, int lag)
    {
        var length = z.Length - lag;
        var first = z[..length];
        var second = z[lag..];
        return Correlation(
            Sums.Dot(first, second), Sums.Of(first), Sums.Dot(first, first),
            Sums.Of(second), Sums.Dot(second, second), length, Sums.Dot(z, z));
    }

    /// <summary>At the lags 0..lags: the products by two Fourier transforms, the sums from prefix sums.</summary>
    /// <param name="z">The series.</param>
    /// <param name="result">lags + 1 correlations.</param>
    /// <param name="scratch">Working memory.</param>
    public static void UpTo(ReadOnlySpan<double> z, Span<double> result, Scratch scratch)
    {
        var n = z.Length;
        Products(z, result, scratch);
        var sums = scratch.Take(n + 1);
        var squares = scratch.Take(n + 1);
        Sums.Prefix(z, sums);
        var square = scratch.Take(n);
        TensorPrimitives.Multiply(z, z, square);
        Sums.Prefix(square, squares);
        for (var k = 0; k < result.Length; k++)
        {
            result[k] = Correlation(
                result[k], sums[n - k], squares[n - k], sums[n] - sums[k], squares[n] - squares[k], n - k, squares[n]);
        }
    }

    /// <summary>
    /// The same over the pairs that are known: (Σ z·z′ / pairs − the means' product) over the deviations of each part's known values.
    /// A lag with less than a tenth of its pairs repeats the one before: where every second value is missing, odd lags have none.
    /// </summary>
    /// <param name="z">The series; 0 where a value is missing.</param>
    /// <param name="known">1 where it is known, 0 where not.</param>
    /// <param name="result">lags + 1 correlations.</param>
    /// <param name="scratch">Working memory.</param>
    public static void UpTo(ReadOnlySpan<double> z, ReadOnlySpan<double> known, Span<double> result, Scratch scratch)
    {
        var n = z.Length;
        Products(z, result, scratch);
        var pairs = scratch.Take(result.Length);
        Products(known, pairs, scratch);
        var sums = scratch.Take(n + 1);
        var squares = scratch.Take(n + 1);
        var counts = scratch.Take(n + 1);
        var square = scratch.Take(n);
        Sums.Prefix(z, sums);
        TensorPrimitives.Multiply(z, z, square);
        Sums.Prefix(square, squares);
        Sums.Prefix(known, counts);
        for (var k = 0; k < result.Length; k++)
        {
            var (first, second) = (counts[n - k], counts[n] - counts[k]);
            var count = Math.Round(pairs[k]);
            if (count < Math.Max(1, LeastPairs * (n - k)))
            {
                result[k] = k > 0 ? result[k - 1] : 1;
                continue;
            }
            var (mean1, mean2) = (sums[n - k] / first, (sums[n] - sums[k]) / second);
            var variances = (squares[n - k] / first - mean1 * mean1) * ((squares[n] - squares[k]) / second - mean2 * mean2);
            var whole = squares[n] / counts[n];
            var denominator = Math.Max(variances, 0) + FlatShare * whole * whole;
            result[k] = denominator > 0 ? (result[k] / count - mean1 * mean2) / Math.Sqrt(denominator) : 0;
        }
    }

    private static double Correlation(double product, double sum1, double square1, double sum2, double square2, int count, double total)
    {
        var covariance = product - sum1 * sum2 / count;
        var variances = (square1 - sum1 * sum1 / count) * (square2 - sum2 * sum2 / count);
        var denominator = Math.Max(variances, 0) + FlatShare * total * total;
        return denominator > 0 ? covariance / Math.Sqrt(denominator) : 0;
    }

    /// <summary>
    /// Σ zᵢ·zᵢ₊ₖ for each k: the transform of the power spectrum (Wiener and Khinchin), with zeros behind z so that no wanted lag
    /// wraps around.
    /// </summary>
    private static void Products(ReadOnlySpan<double> z, Span<double> result, Scratch scratch)
    {
        // A real series of N = 2·half values is transformed as half complex ones: the even places are the real parts, the odd ones the
        // imaginary.
        var half = TransformLength(z.Length, result.Length - 1) / 2;
        var roots = RootsOfUnity.OfOrder(2 * half);
        var re = scratch.Take(half);
        var im = scratch.Take(half);
        var workRe = scratch.Take(half + 1);
        var workIm = scratch.Take(half);
        re.Clear();
        im.Clear();
        for (var j = 0; j < z.Length / 2; j++)
            (re[j], im[j]) = (z[2 * j], z[2 * j + 1]);
        if (z.Length % 2 == 1)
            re[z.Length / 2] = z[^1];
        FourierTransform.Forward(re, im, workRe[..half], workIm, roots);
        var power = workRe;
        for (var k = 0; k <= half; k++)
        {
            var (spectrumRe, spectrumIm) = Unpacked(re, im, k, roots);
            power[k] = spectrumRe * spectrumRe + spectrumIm * spectrumIm;
        }
        // The power spectrum is real and even: its upper half mirrors the lower, and its transform is real.
        for (var j = 0; j < half; j++)
            (re[j], im[j]) = (power[Math.Min(2 * j, 2 * half - 2 * j)], power[Math.Min(2 * j + 1, 2 * half - 2 * j - 1)]);
        FourierTransform.Forward(re, im, workRe[..half], workIm, roots);
        for (var k = 0; k < result.Length; k++)
            result[k] = Unpacked(re, im, k, roots).Re / (2 * half);
    }

    /// <summary>
    /// X_k of the real series from Z of the packed one: E + e^(−2πik/N)·O, with E = (Z_k + Z*_(N/2−k))/2 of the even places and
    /// O = (Z_k − Z*_(N/2−k))/2i of the odd.
    /// </summary>
    private static (double Re, double Im) Unpacked(ReadOnlySpan<double> re, ReadOnlySpan<double> im, int k, RootsOfUnity roots)
    {
        var (low, high) = (k & (re.Length - 1), (re.Length - k) & (re.Length - 1));
        var (sumRe, sumIm) = (re[low] + re[high], im[low] - im[high]);
        var (oddRe, oddIm) = (im[low] + im[high], re[high] - re[low]);
        var (wRe, wIm) = roots[k];
        return ((sumRe + wRe * oddRe - wIm * oddIm) / 2, (sumIm + wRe * oddIm + wIm * oddRe) / 2);
    }

    /// <summary>The least power of two that holds the series and as many zeros as there are lags.</summary>
    private static int TransformLength(int n, int lags) => (int)Math.Max(4, BitOperations.RoundUpToPowerOf2((uint)(n + lags + 1)));
}
