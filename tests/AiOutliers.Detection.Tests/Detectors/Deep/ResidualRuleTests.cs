using AiOutliers.Detection.Detectors.Deep;

namespace AiOutliers.Detection.Tests.Detectors.Deep;

public sealed class ResidualRuleTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(24)]
    [InlineData(100)]
    public void MovingMean_OfARamp_IsItsMiddleAndHeldAtTheEnds(int rows)
    {
        var means = new double[rows];
        ResidualRule.MovingMean(Enumerable.Range(0, rows).Select(row => (double)row).ToArray(), means);
        var width = Math.Min(24, rows);
        for (var row = 0; row < rows; row++)
            means[row].ShouldBe(Math.Clamp(row - width / 2, 0, rows - width) + (width - 1) / 2.0, 1e-9);
    }

    [Fact]
    public void Normalise_LargeAndMissingValues_AreClippedAndZero()
    {
        var reconstruction = new Reconstruction(2, [0, 0.5f, 0, 0.5f, 0, 0.5f], [0, 0.1f, 0, 0.45f, 0, 0.9f], []);
        var result = new double[3];
        ResidualRule.Normalise(reconstruction, 1, [1, double.NaN, 1], centre: 0.1, scale: 0.01, result);
        result.ShouldBe([6, 0, -6]);
    }

    [Fact]
    public void TakeCommonAway_WhatAllMetricsDo_IsGoneAndOneThatLeavesStays()
    {
        double[][] metrics = [[1, 3, -2], [1, 3, -2], [1.5, 7, -2]];
        ResidualRule.TakeCommonAway(metrics);
        metrics[0].ShouldBe([0, 0, 0]);
        metrics[1].ShouldBe([0, 0, 0]);
        metrics[2].ShouldBe([0.5, 4, 0]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 5)]
    [InlineData(60, 15)]
    [InlineData(0, 1)]
    public void Nearest_AnyGranularity_IsTheNearestByRatio(double minutes, double expected) =>
        ResidualStatistics.Nearest([new(1, []), new(5, []), new(15, [])], minutes).Minutes.ShouldBe(expected);
}
