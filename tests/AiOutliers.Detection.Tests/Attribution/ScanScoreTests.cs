using AiOutliers.Detection.Attribution;

namespace AiOutliers.Detection.Tests.Attribution;

public sealed class ScanScoreTests
{
    private const double Noise = 0.0225;

    [Theory]
    [InlineData(13_000, 10_000, 1)]
    [InlineData(7_000, 10_000, 1)]
    [InlineData(60, 2, 1)]
    [InlineData(0.1, 5_000, 4)]
    public void AtLikelyLevel_AnySums_IsTheSmallestOverAllLevels(double actual, double expected, double overdispersion)
    {
        var least = Enumerable.Range(-9000, 18_001).Min(at => At(actual, expected, overdispersion, 0.001 * at));

        ScanScore.AtLikelyLevel(actual, expected, overdispersion, Noise).ShouldBe(least, 1e-3 * least);
    }

    /// <summary>A level that is lognormal makes a third more of a large element likely, but not sixty of two.</summary>
    [Fact]
    public void AtLikelyLevel_LargeAndSmallSums_AreExplainedByLevelAndByEvents()
    {
        ScanScore.AtLikelyLevel(1_330_000, 1_000_000, 1, Noise).ShouldBe(Math.Pow(Math.Log(1.33), 2) / (2 * Noise), 0.01);
        ScanScore.AtLikelyLevel(60, 2, 1, Noise).ShouldBeGreaterThan(50);
        ScanScore.AtLikelyLevel(100, 100, 1, Noise).ShouldBe(0, 1e-9);
    }

    private static double At(double actual, double expected, double overdispersion, double level)
    {
        var there = expected * Math.Exp(level);
        return (actual * Math.Log(actual / there) - actual + there) / overdispersion + level * level / (2 * Noise);
    }
}
