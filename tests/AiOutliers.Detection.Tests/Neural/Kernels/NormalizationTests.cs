using AiOutliers.Detection.Neural.Kernels;

namespace AiOutliers.Detection.Tests.Neural.Kernels;

public sealed class NormalizationTests
{
    /// <summary>Relative, of single precision.</summary>
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(19)]
    [InlineData(64)]
    public void Moments_LargeMean_LosesNothing(int count)
    {
        float[] row = [.. Enumerable.Range(0, count).Select(at => 10_000f + at % 5)];
        var mean = row.Average(value => (double)value);
        var variance = row.Average(value => (value - mean) * (value - mean));

        var actual = Normalization.Moments(row);

        ((double)actual.Mean).ShouldBe(mean, Tolerance * mean);
        ((double)actual.Variance).ShouldBe(variance, 1e-3 * (1 + variance));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(11, 2)]
    [InlineData(24, 5)]
    public void Affine_AnyShape_ScalesAndShiftsEachColumn(int columns, int rows)
    {
        float[] input = [.. Enumerable.Range(0, rows * columns).Select(at => at * 0.5f)];
        float[] factor = [.. Enumerable.Range(0, columns).Select(at => at - 3f)];
        float[] offset = [.. Enumerable.Range(0, columns).Select(at => at * 2f)];
        var result = new float[input.Length];

        Normalization.Affine(input, factor, offset, result);

        for (var at = 0; at < input.Length; at++)
            ((double)result[at]).ShouldBe(input[at] * (double)factor[at % columns] + offset[at % columns], Tolerance * 1000);
    }
}
