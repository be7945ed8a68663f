using AiOutliers.Detection.Detectors.Deep;

namespace AiOutliers.Detection.Tests.Detectors.Deep;

public sealed class ModelComparisonTests
{
    [Theory]
    [InlineData(120, 90, 88, 0, 0, true)]
    [InlineData(120, 90, 88, 1, 1, true)]
    [InlineData(120, 90, 88, 2, 1, false)]
    [InlineData(92, 90, 88, 0, 0, false)]
    [InlineData(90, 90, 90, 0, 0, false)]
    [InlineData(90, 90, 80, 0, 5, true)]
    [InlineData(90, 90, 80, 0, 3, false)]
    [InlineData(60, 120, 58, 0, 20, false)]
    public void IsBetter_MoreFoundOrFewerFalseBeyondChance_IsBetter(int byModel, int byOther, int byBoth, int falseOfModel, int falseOfOther, bool expected) =>
        new ModelComparison("other", "bytes", 7, new(100, byModel / 2, byOther / 2, byBoth / 2), new(100, byModel / 2, byOther / 2, byBoth / 2), falseOfModel, falseOfOther)
            .IsBetter.ShouldBe(expected);
}
