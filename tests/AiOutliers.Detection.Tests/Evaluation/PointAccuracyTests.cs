using AiOutliers.Detection.Evaluation;

namespace AiOutliers.Detection.Tests.Evaluation;

public sealed class PointAccuracyTests
{
    private const double Golden = 1e-9;

    [Theory]
    [MemberData(nameof(GoldenVusCase.Names), MemberType = typeof(GoldenVusCase))]
    public void Compute_GoldenCase_IsThePublishedFigure(string name)
    {
        var golden = GoldenVusCase.Load(name);

        var accuracy = PointAccuracy.Compute(golden.Labels, golden.Scores);

        accuracy.AveragePrecision.ShouldBe(golden.Number("AUC-PR"), Golden);
        accuracy.BestF1.ShouldBe(golden.Number("Standard-F1"), Golden);
    }

    [Fact]
    public void Compute_ConstantScore_PredictsEveryRow()
    {
        var accuracy = PointAccuracy.Compute([true, false, false, false], [0.1, 0.1, 0.1, 0.1]);
        accuracy.AveragePrecision.ShouldBe(0.25, Golden);
        accuracy.BestF1.ShouldBe(0.4, 1e-5);
    }

    [Fact]
    public void Compute_NoLabel_IsUndefined() => double.IsNaN(PointAccuracy.Compute([false, false], [1, 2]).BestF1).ShouldBeTrue();
}
