using AiOutliers.Monitoring.Entities;

namespace AiOutliers.Monitoring.Tests.Entities;

public sealed class CompactScaleTests
{
    /// <summary>Half of the last bit of the mantissa.</summary>
    private const double Relative = 1.0 / 4096;

    [Theory]
    [InlineData(1e-6, 1e-3)]
    [InlineData(1, 1e5)]
    [InlineData(1e9, 4e15)]
    [InlineData(1e200, 1e206)]
    public void Values_OfManySizes_KeepThreeDigits(double least, double most)
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => least * Math.Pow(most / least, i / 999.0))];
        var scale = CompactScale.For(values);

        foreach (var value in values)
        {
            scale.TryEncode(value, out var code).ShouldBeTrue();
            Math.Abs(scale.Decode(code) / value - 1).ShouldBeLessThanOrEqualTo(Relative);
        }
    }

    [Fact]
    public void Counts_BelowFourThousand_AreExact()
    {
        var scale = CompactScale.For([3, 40_000]);

        for (var count = 0; count <= 4096; count++)
            RoundTrip(scale, count).ShouldBe(count);
    }

    [Fact]
    public void ZeroAndMissing_AreTold_OnEveryScale()
    {
        double[][] all = [[], [5e9], [-4, 3], [1e6, 1e6 + 9]];
        foreach (var scale in all.Select(static values => CompactScale.For(values)))
        {
            RoundTrip(scale, 0).ShouldBe(0);
            RoundTrip(scale, double.NaN).ShouldBe(double.NaN);
            scale.TryEncode(double.Epsilon, out var least);
            scale.Decode(least).ShouldNotBe(0);
        }
    }

    [Fact]
    public void Values_AroundALargeOne_KeepTheirDistances()
    {
        var scale = CompactScale.For([1_000_000, 1_000_100]);

        RoundTrip(scale, 1_000_037).ShouldBe(1_000_037, 0.1);
        RoundTrip(scale, 999_990).ShouldBe(999_990, 0.1);
    }

    [Fact]
    public void Value_ThatTheScaleDoesNotReach_IsRefused()
    {
        CompactScale.For([1, 2]).TryEncode(-1, out _).ShouldBeFalse();
        CompactScale.For([1, 2]).TryEncode(1e9, out _).ShouldBeFalse();
        CompactScale.For([-1, 2]).TryEncode(-30, out _).ShouldBeTrue();
    }

    private static double RoundTrip(CompactScale scale, double value)
    {
        scale.TryEncode(value, out var code).ShouldBeTrue();
        return scale.Decode(code);
    }
}
