using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

public sealed class SeasonalScanDetectorTests
{
    private const int PerDay = 288;

    [Fact]
    public void Detect_SpikeInDailyTraffic_IsOneIncidentWithItsReason()
    {
        var x = Traffic(7);
        Multiply(x, 1500, 1504, 4);

        var result = Detect(x);

        var incident = result.Incidents.ShouldHaveSingleItem();
        incident.Kind.ShouldBe(IncidentKind.Spike);
        incident.Alarms.ShouldBe(AlarmClasses.Sharp);
        (incident.Start, incident.End).ShouldBe((TimeOf(1500), TimeOf(1504)));
        incident.Area!.Value.ShouldBeGreaterThan(0);
        // 1 January 2024 was a Monday; row 1500 is five days and five hours later.
        incident.Reason.ShouldContain("robust deviations above the usual for Saturday 05:");
        incident.Severity.ShouldBeGreaterThan(50);
        incident.Peak.ShouldNotBeNull().Time.ShouldBeInRange(TimeOf(1500), TimeOf(1503));
        result.Anomalies.Count(static anomaly => anomaly).ShouldBe(4);
    }

    [Fact]
    public void Detect_ZerosWhereTrafficWas_IsAnOutage()
    {
        var x = Traffic(7);
        Multiply(x, 1000, 1012, 0);

        var incident = Detect(x).Incidents.ShouldHaveSingleItem();

        incident.Kind.ShouldBe(IncidentKind.Outage);
        incident.Reason.ShouldStartWith("nothing where ");
        incident.Area!.Value.ShouldBeLessThan(0);
    }

    [Fact]
    public void Detect_ShiftForHours_IsALevelShiftThatSaysSinceWhenAndByHowMuch()
    {
        var x = Traffic(10);
        Multiply(x, 2110, 2182, 1.6);

        var result = Detect(x, new() { Alarms = AlarmClasses.Shift });

        var incident = result.Incidents.ShouldHaveSingleItem();
        incident.Kind.ShouldBe(IncidentKind.LevelShift);
        // Row 2110 is at 07:50.
        incident.Reason.ShouldMatch("stays [456][0-9] % above the usual since 0[789]:");
        result.Alarms![2150].ShouldBe(AlarmClasses.Shift);
    }

    [Theory]
    [InlineData(Direction.Up, IncidentKind.Spike)]
    [InlineData(Direction.Down, IncidentKind.Outage)]
    public void Detect_OneDirection_TellsOnlyThatSide(Direction direction, IncidentKind kind)
    {
        var x = Traffic(7);
        Multiply(x, 800, 804, 4);
        Multiply(x, 1500, 1504, 0.01);

        Detect(x, new() { Filter = new(direction) }).Incidents.ShouldHaveSingleItem().Kind.ShouldBe(kind);
    }

    [Fact]
    public void Detect_LeastDeviation_DropsSmallerIncidentsButNoScore()
    {
        var x = Traffic(7);
        Multiply(x, 1500, 1504, 2);

        var all = Detect(x);
        all.Incidents.ShouldHaveSingleItem();
        var relative = Detect(x, new() { Filter = new(MinRelativeDeviation: 3) });
        var absolute = Detect(x, new() { Filter = new(MinDeviation: 1e9) });

        (relative.Incidents.Count, absolute.Incidents.Count).ShouldBe((0, 0));
        (relative.AnomalyCount, absolute.AnomalyCount).ShouldBe((0, 0));
        relative.Scores.ShouldBe(all.Scores);
        relative.Severities!.Max().ShouldBeLessThanOrEqualTo(50);
    }

    [Fact]
    public void Detect_AlarmSwitchedOff_IsNotRaised()
    {
        var x = Traffic(7);
        Multiply(x, 1500, 1504, 4);

        Detect(x, new() { Alarms = AlarmClasses.All & ~AlarmClasses.Sharp }).Alarms!.ShouldAllBe(static alarms => !alarms.HasFlag(AlarmClasses.Sharp));
        Detect(x, new() { Alarms = AlarmClasses.None }).AnomalyCount.ShouldBe(0);
    }

    [Fact]
    public void Detect_MissingRows_AreNoAnomalyByThemselves()
    {
        var x = Traffic(7);
        Missing(x, 1000, 1018);

        var result = Detect(x);

        result.Incidents.ShouldBeEmpty();
        result.AnomalyCount.ShouldBe(0);
    }

    [Fact]
    public void Detect_GapsNotIgnored_AreOutagesWithoutRows()
    {
        var x = Traffic(7);
        Missing(x, 1000, 1018);

        var result = Detect(x, new() { IgnoreGaps = false });

        var incident = result.Incidents.ShouldHaveSingleItem();
        incident.IsGap.ShouldBeTrue();
        incident.Reason.ShouldStartWith("no data where ");
        incident.Start.ShouldBe(TimeOf(1000));
        incident.End.ShouldBe(TimeOf(1018));
        result.AnomalyCount.ShouldBe(0);
    }

    [Fact]
    public void Detect_LastBucketNotComplete_IsHeldBack()
    {
        var x = Traffic(7)[..^(PerDay / 2)];
        x[^1] *= 0.1;

        Detect(x).Anomalies[^1].ShouldBeTrue();
        var held = new SeasonalScanDetector(new()).Detect(Table(x).Covering(new(Until: TimeOf(x.Length) - 1)), "bytes");

        held.Anomalies[^1].ShouldBeFalse();
        held.Scores[^1].ShouldBe(0);
        held.Expected[^1].ShouldBeGreaterThan(0);
        held.Warnings.ShouldHaveSingleItem().ShouldContain("is not complete");
    }

    [Fact]
    public void Detect_FirstBucketCutByTheQuery_IsHeldBack()
    {
        var x = Traffic(7);
        x[0] *= 0.1;

        var held = new SeasonalScanDetector(new()).Detect(Table(x).Covering(new(From: TimeOf(0) + 1)), "bytes");

        held.Anomalies[0].ShouldBeFalse();
        held.Warnings.ShouldHaveSingleItem().ShouldContain("begins before");
    }

    [Fact]
    public void Detect_FirstBucketLowAndNothingKnownOfIt_IsTakenForPartial()
    {
        var x = Traffic(7)[(PerDay / 2)..];
        x[0] *= 0.1;

        var result = Detect(x);

        result.Anomalies[0].ShouldBeFalse();
        result.Warnings.ShouldHaveSingleItem().ShouldContain("first bucket");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    public void Detect_AFewPoints_IsAnHonestNoVerdict(int rows)
    {
        var result = Detect(Traffic(1)[..rows]);

        result.NoVerdict.ShouldNotBeNull().ShouldContain("too short to judge");
        result.AnomalyCount.ShouldBe(0);
    }

    [Fact]
    public void Detect_ConstantOrEmptySeries_SaysWhyThereIsNoVerdict()
    {
        Detect([.. Enumerable.Repeat(5.0, 100)]).NoVerdict.ShouldNotBeNull().ShouldContain("alike");
        Detect(new double[100]).NoVerdict.ShouldNotBeNull().ShouldContain("alike");
        Detect([.. Enumerable.Repeat(double.NaN, 100)]).NoVerdict.ShouldNotBeNull().ShouldContain("no row has a value");
    }

    /// <summary>A daily rhythm with seeded noise, five minutes apart, from Monday on.</summary>
    private static double[] Traffic(int days)
    {
        var random = new Random(7);
        var x = new double[days * PerDay];
        for (var i = 0; i < x.Length; i++)
            x[i] = 1e6 * (1.2 - Math.Cos(2 * Math.PI * i / PerDay)) * Math.Exp(0.1 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
        return x;
    }

    private static void Multiply(double[] x, int start, int end, double factor)
    {
        for (var i = start; i < end; i++)
            x[i] *= factor;
    }

    private static void Missing(double[] x, int start, int end) => x.AsSpan(start, end - start).Fill(double.NaN);

    private static DetectionResult Detect(double[] x, SeasonalScanOptions? options = null) => new SeasonalScanDetector(options ?? new()).Detect(Table(x), "bytes");

    private static MetricTable Table(double[] x)
    {
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf("bytes");
        for (var row = 0; row < x.Length; row++)
        {
            builder.AddRow(TimeOf(row), DateTimeOffset.FromUnixTimeMilliseconds(TimeOf(row)).ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
            builder.Set(column, x[row]);
        }
        return builder.Build();
    }

    private static long TimeOf(int row) => DateTimeOffset.Parse("2024-01-01T00:00Z").ToUnixTimeMilliseconds() + row * 300_000L;
}
