using AiOutliers.Detection.Evaluation;
using CsCheck;

namespace AiOutliers.Detection.Tests.Evaluation;

public sealed class VolumeUnderSurfaceTests
{
    private const double Golden = 1e-9;
    private const double Rounding = 1e-10;

    private static readonly Gen<(bool[] Labels, double[] Scores, int Window)> Cases =
        Gen.Select(Gen.Int[2, 120], Gen.Int[0, 40]).SelectMany((rows, window) => Gen.Select(
            Gen.Int[0, 5].Select(label => label == 0).Array[rows],
            // Whole numbers: ties are frequent.
            Gen.Int[0, 30].Select(score => (double)score).Array[rows],
            (labels, scores) => (labels, scores, window)));

    [Theory]
    [MemberData(nameof(GoldenVusCase.Names), MemberType = typeof(GoldenVusCase))]
    public void Compute_GoldenCase_IsThePublishedVolume(string name)
    {
        var golden = GoldenVusCase.Load(name);

        var volume = VolumeUnderSurface.Compute(golden.Labels, golden.Scores, golden.Window);

        volume.PrecisionRecall.ShouldBe(golden.Number("VUS-PR"), Golden);
        volume.Roc.ShouldBe(golden.Number("VUS-ROC"), Golden);
    }

    [Fact]
    public void Compute_AnySeries_IsTheDefinitionTakenLiterally() => Cases.Sample(sample =>
    {
        var volume = VolumeUnderSurface.Compute(sample.Labels, sample.Scores, sample.Window);
        var literal = LiteralVus.Compute(sample.Labels, sample.Scores, sample.Window);
        return Same(volume.PrecisionRecall, literal.PrecisionRecall) && Same(volume.Roc, literal.Roc);
    }, iter: 300);

    [Fact]
    public void Compute_GrowingFunctionOfTheScore_ChangesNothing() => Cases.Sample(sample =>
        VolumeUnderSurface.Compute(sample.Labels, sample.Scores, sample.Window)
        == VolumeUnderSurface.Compute(sample.Labels, Array.ConvertAll(sample.Scores, Math.Sqrt), sample.Window));

    [Fact]
    public void Compute_ScoreIsTheLabel_IsNearOneWithoutBuffer()
    {
        bool[] labels = [.. Enumerable.Range(0, 1000).Select(row => row is >= 300 and < 400)];
        VolumeUnderSurface.Compute(labels, Array.ConvertAll(labels, label => label ? 1.0 : 0), 0).PrecisionRecall.ShouldBe(1, Rounding);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compute_NothingToTellApart_IsUndefined(bool label) =>
        double.IsNaN(VolumeUnderSurface.Compute([label, label, label], [1, 2, 3], 2).PrecisionRecall).ShouldBeTrue();

    private static bool Same(double a, double b) => double.IsNaN(a) ? double.IsNaN(b) : Math.Abs(a - b) <= Rounding;
}
