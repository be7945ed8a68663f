using System.Globalization;
using System.Text.Json;
using AiOutliers.Detection.Evaluation;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Detection.Tests.Evaluation;

public sealed class SlidingWindowTests
{
    public static TheoryData<string, int> Published => [.. JsonDocument.Parse(File.ReadAllBytes(Golden.Path("vus/nab14_windows.json"))).RootElement
        .EnumerateObject().Select(entry => (entry.Name, entry.Value.GetInt32()))];

    [Theory]
    [MemberData(nameof(Published))]
    public void Of_NabSeries_IsThePublishedWindow(string name, int window)
    {
        Assert.SkipWhen(NabData.Missing is not null, NabData.Missing ?? "");
        // The header, and the first row, which the published series lack.
        double[] values = [.. File.ReadLines(NabData.Path(name + ".csv")).Skip(2).Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];

        SlidingWindow.Of(values).ShouldBe(window);
    }

    [Theory]
    [InlineData(48, 48)]
    [InlineData(5, 10)]
    [InlineData(350, 125)]
    public void Of_Wave_IsItsPeriodWithinTheLimits(int period, int window)
    {
        // The second wave, twice as long, makes the first peak of a short one the lower.
        double[] values = [.. Enumerable.Range(0, 3000).Select(row => Math.Sin(2 * Math.PI * row / period) + (period < 6 ? Math.Sin(Math.PI * row / period) : 0))];
        SlidingWindow.Of(values).ShouldBe(window);
    }

    [Fact]
    public void Of_NothingThatRepeats_IsTheDefault()
    {
        SlidingWindow.Of([]).ShouldBe(125);
        SlidingWindow.Of([1, 2, 3]).ShouldBe(125);
        SlidingWindow.Of(Enumerable.Repeat(double.NaN, 50).ToArray()).ShouldBe(125);
        SlidingWindow.Of(Enumerable.Repeat(7.0, 500).ToArray()).ShouldBe(125);
    }
}
