using AiOutliers.Service.Console.Explore;
using AiOutliers.Service.Console.IncidentPages;

namespace AiOutliers.Console.Tests.IncidentPages;

public sealed class MonitoredSeriesTests
{
    private static readonly TimeRange Range = new(0, 3_600_000);

    [Fact]
    public void Of_MonitorWithOptions_AsksTheDetectorTheSame()
    {
        var series = Of("""
            {"spec":{"series":{"dataSource":"rb_flow","granularity":"PT5M","timeZone":"Europe/Madrid"},
             "detector":{"name":"seasonal-scan","direction":"up","minDeviationPercent":20,"alarms":["sharp","shift"]},
             "minSeverity":60,"minDuration":"10m"}}
            """);
        series.State.Direction.ShouldBe("up");
        series.State.Options.ShouldBe(["minDeviationPercent=20", "alarms=sharp,shift", "ignoreGaps=false", "timeZone=Europe/Madrid"]);
        series.State.Where.ShouldBe(["sensor_name=edge"]);
        series.Told.ShouldBe(new ToldIncidents(60, 600_000));
    }

    [Fact]
    public void Of_MonitorThatSaysNothing_IsJudgedAsMonitorsAre()
    {
        var series = Of("""{"spec":{"series":{"dataSource":"rb_flow"}}}""");
        series.State.Detector.ShouldBe("seasonal-scan");
        series.State.Options.ShouldBe(["ignoreGaps=false"]);
        series.Told.ShouldBe(new ToldIncidents(50, 0));
    }

    [Fact]
    public void Of_OtherDetector_GetsItsOwnOptionsOnly() =>
        Of("""{"spec":{"series":{"timeZone":"Europe/Madrid"},"detector":{"name":"shallow","contamination":0.02}}}""")
            .State.Options.ShouldBe(["contamination=0.02"]);

    [Fact]
    public void Of_FilterThatIsMoreThanConditions_CannotBeAsked() =>
        MonitoredSeries.Of("""{"spec":{"series":{"filter":{"type":"not"}}}}""", "", "bytes", Range).ShouldBeNull();

    [Fact]
    public void Of_EntityWhoseNameFitsNoAddress_CannotBeAsked() =>
        MonitoredSeries.Of("""{"spec":{"series":{}}}""", $$"""{"sensor_name":"{{new string('x', 8000)}}"}""", "bytes", Range).ShouldBeNull();

    private static MonitoredSeries Of(string document) =>
        MonitoredSeries.Of(document, """{"sensor_name":"edge"}""", "bytes", Range).ShouldNotBeNull();
}
