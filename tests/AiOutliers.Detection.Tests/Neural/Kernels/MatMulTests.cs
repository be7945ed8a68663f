using AiOutliers.Detection.Neural.Kernels;
using CsCheck;

namespace AiOutliers.Detection.Tests.Neural.Kernels;

public sealed class MatMulTests
{
    /// <summary>Of single precision over sums of up to 40 terms in [−1, 1].</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Around the widths of the registers' tiles, 8 and 24, and their heights, 1 and 4.</summary>
    private static readonly Gen<(int M, int K, int N, int Gap, int Seed)> Cases =
        from m in Gen.Int[0, 9]
        from k in Gen.Int[0, 40]
        from n in Gen.Int[0, 60]
        from gap in Gen.Int[0, 3]
        from seed in Gen.Int
        select (m, k, n, gap, seed);

    [Fact]
    public void Affine_AnyShape_IsTheSumOfProductsAndTouchesNothingElse() => Cases.Sample(test =>
    {
        var random = new Random(test.Seed);
        var (strideA, strideC) = (test.K + test.Gap, test.N + test.Gap);
        var (a, b, bias) = (Values(random, test.M * strideA), Values(random, test.K * test.N), Values(random, test.N));
        var c = Enumerable.Repeat(float.NaN, test.M * strideC).ToArray();

        MatMul.Affine(a, strideA, b, bias, c, strideC, test.M, test.K, test.N);

        for (var row = 0; row < test.M; row++)
        {
            for (var column = 0; column < strideC; column++)
            {
                var actual = c[row * strideC + column];
                var right = column >= test.N
                    ? float.IsNaN(actual)
                    : Math.Abs(actual - bias[column] - Enumerable.Range(0, test.K).Sum(at => (double)a[row * strideA + at] * b[at * test.N + column])) < Tolerance;
                if (!right)
                    return false;
            }
        }
        return true;
    });

    [Fact]
    public void Accumulate_RowTooMany_IsRefused() =>
        Should.Throw<IndexOutOfRangeException>(() => MatMul.Accumulate(new float[8], 4, new float[16], new float[8], 4, 3, 4, 4));

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
}
