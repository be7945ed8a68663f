using AiOutliers.Detection.Detectors.Deep;

namespace AiOutliers.Detection.Tests.Detectors.Deep;

public sealed class LastingDeviationTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(-4)]
    public void Multiples_OfALongDeviation_EndWithItsLastOddRow(double size)
    {
        var residuals = new double[200];
        residuals.AsSpan(80, 40).Fill(size);
        residuals[100] = 0;

        var multiples = LastingDeviation.Of(residuals).Multiples(limit: 1);

        for (var row = 0; row < 200; row++)
            (multiples[row] > 1).ShouldBe(row is >= 80 and < 120, $"row {row}");
        multiples[79].ShouldBe(1);
    }

    [Fact]
    public void Multiples_ShortEvent_IsNoAlarm()
    {
        var residuals = new double[200];
        residuals[100] = ResidualRule.Clip;

        LastingDeviation.Of(residuals).Multiples(limit: 0.5).Max().ShouldBe(0.5);
    }
}
