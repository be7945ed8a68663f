using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Tests.Numerics;

public sealed class MissingValuesTests
{
    [Fact]
    public void Fill_Gaps_AreLinesAlsoInPlace()
    {
        double[] values = [double.NaN, 1, double.NaN, double.PositiveInfinity, 4, double.NaN];

        MissingValues.Fill(values, values).ShouldBe(2);

        values.ShouldBe([1, 1, 2, 3, 4, 4], 1e-12);
    }

    [Fact]
    public void Fill_NothingKnown_SaysSo() => MissingValues.Fill([double.NaN, double.NaN], new double[2]).ShouldBe(0);
}
