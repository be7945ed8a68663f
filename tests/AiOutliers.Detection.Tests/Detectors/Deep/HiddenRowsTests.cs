using AiOutliers.Detection.Detectors.Deep;

namespace AiOutliers.Detection.Tests.Detectors.Deep;

public sealed class HiddenRowsTests
{
    private static readonly string[] Metrics = ["bytes", "granularity"];

    [Fact]
    public void Bridge_RowsBetweenOthers_LieOnTheLineAndTheRestStays()
    {
        float[] matrix = [1, 5, 0.1f, 9, 5, 0.2f, 9, 6, 0.3f, 9, 5, 0.4f, 5, 5, 0.5f];

        HiddenRows.Bridge(matrix, columns: 3, Metrics, [false, true, true, true, false]);

        matrix.ShouldBe([1, 5, 0.1f, 2, 5, 0.2f, 3, 6, 0.3f, 4, 5, 0.4f, 5, 5, 0.5f]);
    }

    [Theory]
    [InlineData(new[] { true, true, false, false, true }, new[] { 3f, 3, 3, 4, 4 })]
    [InlineData(new[] { true, false, true, false, true }, new[] { 2f, 2, 3, 4, 4 })]
    [InlineData(new[] { false, false, false, false, false }, new[] { 1f, 2, 3, 4, 5 })]
    [InlineData(new[] { true, true, true, true, true }, new[] { 1f, 2, 3, 4, 5 })]
    public void Bridge_RowsAtTheEnds_TakeTheNearestOtherRow(bool[] hidden, float[] expected)
    {
        float[] matrix = [1, 2, 3, 4, 5];

        HiddenRows.Bridge(matrix, columns: 1, ["bytes"], hidden);

        matrix.ShouldBe(expected);
    }
}
