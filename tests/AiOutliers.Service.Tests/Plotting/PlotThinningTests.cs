using AiOutliers.Service.Plotting;

namespace AiOutliers.Service.Tests.Plotting;

public sealed class PlotThinningTests
{
    [Fact]
    public void Rows_ManyInAColumn_KeepsTheExtremesAndTheEnds()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(row => row == 137 ? 50.0 : row == 512 ? -50 : row % 7)];

        PlotThinning.Rows(values, 0, 1000, _ => 0).ShouldBe([0, 137, 512, 999]);
        PlotThinning.Rows(values, 0, 1000, row => row / 100).Count.ShouldBeLessThanOrEqualTo(40);
    }

    [Fact]
    public void Rows_OneInAColumn_KeepsAll() =>
        PlotThinning.Rows([1, 1, 3, 2, 2], 1, 5, row => row).ShouldBe([1, 2, 3, 4]);
}
