using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Tests.Detectors;

public sealed class JointIncidentsTests
{
    private const long Minute = 60_000;

    /// <summary>Of five minutes.</summary>
    private const long Step = 5 * Minute;

    [Fact]
    public void Merge_FloodInThreeMetrics_IsOneThatNamesThemByTheirSeverity()
    {
        var joint = Merge(Of("bytes", 0, 25, severity: 70), Of("pkts", 5, 35, severity: 90), Of("flows", 0, 30, severity: 80))
            .ShouldHaveSingleItem();

        joint.Metrics.Select(one => one.Metric).ShouldBe(["pkts", "flows", "bytes"]);
        (joint.Start, joint.End).ShouldBe((0, 35 * Minute));
        joint.Worst.Severity.ShouldBe(90);
        joint.Worst.Reason.ShouldBe("reason of pkts");
        joint.Metrics.Select(one => one.Incident.Peak!.Time).ShouldBe([5 * Minute, 0, 0]);
    }

    [Fact]
    public void Merge_EquallySevere_KeepsTheOrderAskedFor() =>
        Merge(Of("b", 0, 30), Of("c", 5, 20), Of("a", 0, 10)).ShouldHaveSingleItem()
            .Metrics.Select(one => one.Metric).ShouldBe(["b", "c", "a"]);

    [Fact]
    public void Merge_SeveralOfOneMetric_NamesItOnceWithItsWorst()
    {
        var joint = Merge(Of("bytes", 0, 60), Of("flows", 0, 10, severity: 60), Of("flows", 40, 50, severity: 99)).ShouldHaveSingleItem();

        joint.Metrics.Select(one => (one.Metric, one.Incident.Severity)).ShouldBe([("flows", 99), ("bytes", 75)]);
    }

    [Fact]
    public void Merge_Alarms_AreThoseOfAll() =>
        Merge(Of("a", 0, 30, alarms: AlarmClasses.Outage), Of("b", 0, 30, alarms: AlarmClasses.Shift))
            .ShouldHaveSingleItem().Alarms.ShouldBe(AlarmClasses.Outage | AlarmClasses.Shift);

    [Theory]
    [InlineData(30, 1)]
    [InlineData(40, 1)]
    [InlineData(41, 2)]
    public void Merge_NextToEachOther_IsOneUpToTwoBuckets(int start, int expected) =>
        Merge(Of("a", 0, 30), Of("b", start, 60)).Count.ShouldBe(expected);

    [Fact]
    public void Merge_SurgeAfterAnOutage_StaysApartAsWithinOneMetric() =>
        Merge(Of("a", 0, 30, side: -1), Of("b", 0, 30, side: -1), Of("a", 30, 50), Of("b", 30, 50)).Count.ShouldBe(2);

    [Fact]
    public void Merge_OneUpOneDownAtTheSameTime_IsOne() => Merge(Of("bytes", 0, 30, side: -1), Of("flows", 5, 30)).ShouldHaveSingleItem();

    /// <summary>A gap in one metric's data has no peak.</summary>
    [Fact]
    public void Merge_Gap_IsTooLittle()
    {
        var gap = new MetricIncident("a", Of("a", 0, 30).Incident with { Peak = null });

        Merge(gap, Of("b", 35, 60, side: -1)).ShouldHaveSingleItem();
        Merge(gap, Of("b", 35, 60)).Count.ShouldBe(2);
    }

    [Fact]
    public void Merge_ShiftOverTwoFloods_LeavesThemTwo()
    {
        var joint = Merge(Of("bytes", 0, 300), Of("pkts", 60, 120), Of("flows", 65, 120), Of("pkts", 200, 260), Of("flows", 200, 255));

        joint.Select(one => string.Join(' ', one.Metrics.Select(part => part.Metric))).ShouldBe(["bytes", "pkts flows", "pkts flows"]);
    }

    [Theory]
    [InlineData(60, 240, 1)] // Three of five hours.
    [InlineData(60, 200, 2)] // Less than half.
    [InlineData(0, 15, 1)] // They begin together.
    [InlineData(10, 25, 1)]
    [InlineData(15, 30, 2)]
    public void Merge_LongIncident_TakesInWhatSharesItsBeginOrHalfOfItsTime(int start, int end, int expected) =>
        Merge(Of("bytes", 0, 300), Of("flows", start, end)).Count.ShouldBe(expected);

    /// <summary>With a bucket a day, three days are short.</summary>
    [Fact]
    public void Merge_WideBuckets_StretchWhatIsShort()
    {
        const int Day = 1440;
        JointIncidents.Merge([Of("a", 0, 6 * Day), Of("b", 4 * Day, 5 * Day)], Day * Minute).ShouldHaveSingleItem();
        JointIncidents.Merge([Of("a", 0, 7 * Day), Of("b", 4 * Day, 5 * Day)], Day * Minute).Count.ShouldBe(2);
    }

    [Fact]
    public void Merge_None_IsNone() => Merge().ShouldBeEmpty();

    [Fact]
    public void Merge_AnyOrder_GivesTheSame()
    {
        MetricIncident[] incidents =
        [
            Of("a", 0, 30, 60), Of("b", 25, 70, 61), Of("c", 75, 100, 62),
            Of("a", 300, 900, 63), Of("b", 310, 330, 64), Of("c", 600, 640, 65),
        ];
        var random = new Random(1);
        var expected = Text(Merge(incidents));
        for (var i = 0; i < 50; i++)
        {
            random.Shuffle(incidents);
            Text(Merge(incidents)).ShouldBe(expected);
        }

        static string Text(IEnumerable<JointIncident> all) =>
            string.Join(" | ", all.Select(one => $"{one.Start} {one.End} {string.Join(' ', one.Metrics.Select(part => part.Metric))}"));
    }

    private static IReadOnlyList<JointIncident> Merge(params MetricIncident[] incidents) => JointIncidents.Merge(incidents, Step);

    /// <summary>Times in minutes.</summary>
    private static MetricIncident Of(
        string metric, int start, int end, double severity = 75, int side = 1, AlarmClasses alarms = AlarmClasses.Sharp) => new(metric, new()
        {
            Start = start * Minute,
            End = end * Minute,
            Peak = new(start * Minute, 1 + side, 1),
            Area = 1,
            Kind = IncidentKind.Spike,
            Alarms = alarms,
            Severity = severity,
            Reason = "reason of " + metric,
        });
}
