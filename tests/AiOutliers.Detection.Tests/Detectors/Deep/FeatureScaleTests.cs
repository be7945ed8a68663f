using AiOutliers.Detection.Detectors.Deep;
using CsCheck;

namespace AiOutliers.Detection.Tests.Detectors.Deep;

public sealed class FeatureScaleTests
{
    private const double RoundTrip = 1e-9;

    [Fact]
    public void Rescale_AnyValue_IsTheHyperbolicTangentOfItsLogarithm() => Gen.Double[0, 1e15].Sample(value =>
    {
        Span<double> values = [value];
        FeatureScale.Rescale(values);
        return Math.Abs(values[0] - Math.Tanh(Math.Log(1 + value) / 32)) < 1e-14;
    });

    [Fact]
    public void Descale_OfRescaled_IsTheValue() => Gen.Double[0, 1e15].Sample(value =>
    {
        Span<double> values = [value];
        FeatureScale.Rescale(values);
        return Math.Abs(FeatureScale.Descale(values[0]) - value) <= RoundTrip * (1 + value);
    });

    [Theory]
    [InlineData(1, double.MaxValue)]
    [InlineData(1.5, double.MaxValue)]
    [InlineData(-2, -1)]
    [InlineData(0, 0)]
    public void Descale_OutsideTheRange_IsClamped(double rescaled, double expected) => FeatureScale.Descale(rescaled).ShouldBe(expected);

    [Fact]
    public void Rescale_NegativeAndHuge_StayInRange()
    {
        Span<double> values = [-5, double.MaxValue];
        FeatureScale.Rescale(values);
        values[0].ShouldBe(0);
        values[1].ShouldBeInRange(0.99, 1);
    }
}
