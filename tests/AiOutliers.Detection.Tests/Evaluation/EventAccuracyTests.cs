using AiOutliers.Detection.Evaluation;

namespace AiOutliers.Detection.Tests.Evaluation;

public sealed class EventAccuracyTests
{
    [Theory]
    [InlineData("..11....11..", "...x........", 0, 2, 1, 1, 0)]
    [InlineData("..11....11..", "....x.......", 0, 2, 0, 1, 1)]
    [InlineData("..11....11..", "....x.......", 1, 2, 1, 1, 0)]
    [InlineData("..11........", "......x.x..x", 1, 1, 0, 2, 2)]
    [InlineData("..11........", "......x.x..x", 2, 1, 0, 1, 1)]
    [InlineData("11........11", "x..........x", 3, 2, 2, 2, 0)]
    [InlineData("............", "..xx....x...", 0, 0, 0, 2, 2)]
    [InlineData("..11....11..", "..xxxxxxxx..", 0, 2, 2, 1, 0)]
    [InlineData("..11....11..", "............", 5, 2, 0, 0, 0)]
    public void Compute_Rows_CountsEventsAndAlarms(string labels, string flags, int tolerance, int events, int found, int alarms, int falseAlarms) =>
        Compute(labels, flags, tolerance).ShouldBe(new(events, found, alarms, falseAlarms));

    [Fact]
    public void F1_Figures_AreTheHarmonicMean()
    {
        new EventAccuracy(4, 2, 4, 3).F1.ShouldBe(2 * 0.25 * 0.5 / 0.75, 1e-12);
        new EventAccuracy(4, 0, 0, 0).F1.ShouldBe(0);
        new EventAccuracy(4, 0, 3, 3).F1.ShouldBe(0);
        double.IsNaN(new EventAccuracy(0, 0, 3, 3).F1).ShouldBeTrue();
        double.IsNaN(new EventAccuracy(0, 0, 3, 3).Recall).ShouldBeTrue();
    }

    private static EventAccuracy Compute(string labels, string flags, int tolerance) =>
        EventAccuracy.Compute([.. labels.Select(label => label == '1')], [.. flags.Select(flag => flag == 'x')], tolerance);
}
