using AiOutliers.Detection.Numerics;
using CsCheck;

namespace AiOutliers.Detection.Tests.Numerics;

public sealed class MovingWindowTests
{
    private static readonly Gen<(double[] Series, int Width)> Cases =
        from series in Samples.Series(1, 100)
        from width in Gen.Int[1, 150]
        select (series, width);

    [Fact]
    public void Mean_AnyWidth_IsThatOfTheCutWindow() => Cases.Sample(test =>
    {
        var result = new double[test.Series.Length];
        MovingWindow.Mean(test.Series, test.Width, result, Samples.Scratch(result.Length + 1));
        return Samples.Near(result, Reference.EachPoint(test.Series, i => Window(test, i).Average()));
    });

    [Fact]
    public void Max_AnyWidth_IsThatOfTheCutWindow() => Cases.Sample(test =>
    {
        var result = new double[test.Series.Length];
        MovingWindow.Max(test.Series, test.Width, result, Samples.Scratch(result.Length + test.Width));
        return result.SequenceEqual(Reference.EachPoint(test.Series, i => Window(test, i).Max()));
    });

    private static IEnumerable<double> Window((double[] Series, int Width) test, int i) =>
        Reference.Window(test.Series, i, test.Width / 2, test.Width - 1 - test.Width / 2);
}
