using AiOutliers.Detection.Numerics;
using CsCheck;

namespace AiOutliers.Detection.Tests.Numerics;

public sealed class RobustTests
{
    [Fact]
    public void MedianAndMad_AnySeries_FollowTheirDefinition() => Samples.Series(1, 300).Sample(series =>
    {
        var (median, mad) = Robust.MedianAndMad(series, Samples.Scratch(series.Length));
        var reference = Reference.Median(series);
        return Samples.Near(median, reference) && Samples.Near(mad, 1.4826 * Reference.Median(series.Select(value => Math.Abs(value - reference))));
    });

    [Fact]
    public void Scale_MostValuesAlike_FallsBackUntilItIsPositive()
    {
        double[] equal = [.. Enumerable.Repeat(5.0, 100)];
        double[] tenths = [.. equal.Select((value, i) => i % 10 == 0 ? 8 : value)];
        double[] one = [.. equal.Select((value, i) => i == 50 ? 8 : value)];

        Spread(tenths).ShouldBe(3 / 3.29, Samples.Relative);
        Spread(one).ShouldBe(3 * Math.Sqrt(0.01 * 0.99), Samples.Relative);
        Spread(equal).ShouldBe(1);

        static double Spread(double[] series) => Robust.Scale(series, Samples.Scratch(series.Length)).Spread;
    }
}
