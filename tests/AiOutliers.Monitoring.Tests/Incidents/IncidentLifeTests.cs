using System.Text.Json;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Tests.Incidents;

public sealed class IncidentLifeTests
{
    private const long Step = 300_000, Now = 1_000_000_000_000;

    private static readonly SeriesKey Edge = new([new("sensor_name", "edge")]);

    private readonly List<StoredIncident> _known = [];

    [Fact]
    public void Finding_ThatIsSevereAndLong_OpensAnIncident()
    {
        var change = Run(10, Found(10, 11, 80)).ShouldHaveSingleItem();

        (change.IsNew, change.Event, change.Incident.State).ShouldBe((true, IncidentEvent.Opened, IncidentStates.Open));
        (change.Incident.Entity, change.Incident.Severity, change.Incident.StartedAt).ShouldBe(("sensor_name=edge", 80, At(10)));
    }

    [Fact]
    public void Finding_ThatIsNotSevereEnough_OpensNothing() => Run(10, Found(10, 11, 49)).ShouldBeEmpty();

    [Fact]
    public void Finding_ShorterThanMinDuration_OpensWhenItHasLasted()
    {
        var spec = Spec() with { MinDuration = TimeSpan.FromMinutes(10) };

        Run(10, spec, Found(10, 11, 80)).ShouldBeEmpty();
        Run(11, spec, Found(10, 12, 80)).ShouldHaveSingleItem().Event.ShouldBe(IncidentEvent.Opened);
    }

    /// <summary>Below severity 60.</summary>
    [Fact]
    public void Finding_ThatIsHardlyAnAlarm_OpensWhenItHasBeenFoundForMinDuration()
    {
        var spec = Spec() with { MinDuration = TimeSpan.FromMinutes(10) };
        var weak = Found(2, 11, 59) with { Since = At(10) };
        var slow = Found(-13, 12, 59) with { Since = At(9) };

        Run(10, spec, weak).ShouldBeEmpty();
        Run(11, spec, weak).ShouldBeEmpty();
        Run(12, spec, weak with { Since = At(12) }).ShouldBeEmpty();
        Run(12, spec, weak with { Since = null }).ShouldBeEmpty();
        Run(12, spec, slow).ShouldBeEmpty();
        Run(12, spec, weak).ShouldHaveSingleItem().Event.ShouldBe(IncidentEvent.Opened);
    }

    [Fact]
    public void Finding_ThatIsHardlyAnAlarm_InAWindowLongerThanMinDuration_OpensAtOnce()
    {
        var spec = Spec() with { MinDuration = TimeSpan.FromMinutes(10) };
        var window = Window(10) with { To = At(13), Findings = [Found(10, 12, 55)] };

        Life(spec).Changes([], window).ShouldHaveSingleItem().IsNew.ShouldBeTrue();
    }

    [Fact]
    public void Finding_OfTheSameIncident_LetsItGrowOnce()
    {
        Run(10, Found(10, 11, 60));
        Run(11, Found(10, 12, 65)).ShouldHaveSingleItem().Event.ShouldBeNull();
        var change = Run(12, Found(10, 13, 90)).ShouldHaveSingleItem();

        (change.IsNew, change.Event, change.Incident.Severity).ShouldBe((false, IncidentEvent.Grew, 90));
        (change.Incident.StartedAt, change.Incident.EndedAt).ShouldBe((At(10), At(13)));
        _known.ShouldHaveSingleItem();
    }

    [Fact]
    public void Finding_WhoseBeginMoved_IsTheSameIncident_WithTheBeginThatWasTold()
    {
        var id = Run(10, Found(10, 11, 60))[0].Incident.Id;

        var grown = Run(11, Found(2, 12, 90)).ShouldHaveSingleItem().Incident;
        (grown.Id, grown.StartedAt, grown.EndedAt, grown.Severity).ShouldBe((id, At(10), At(12), 90));
    }

    [Fact]
    public void Incident_IsClosedAfterThreeOrdinaryBuckets()
    {
        Run(10, Found(10, 11, 60));

        Run(11).ShouldBeEmpty();
        Run(12).ShouldBeEmpty();
        var change = Run(13).ShouldHaveSingleItem();
        (change.Event, change.Incident.State, change.Incident.ClosedAt).ShouldBe((IncidentEvent.Closed, IncidentStates.Closed, Now));
    }

    [Fact]
    public void Incident_OfAnEntityWithoutRows_StaysOpen()
    {
        Run(10, Found(10, 11, 60));

        Life(Spec()).Changes(_known, Window(20) with { Judged = new HashSet<SeriesKey>() }).ShouldBeEmpty();
    }

    [Fact]
    public void Incident_ThatComesAgainWithinAnHour_IsReopened()
    {
        var id = Run(10, Found(10, 11, 60))[0].Incident.Id;
        Run(13);

        var change = Run(20, Found(20, 21, 60)).ShouldHaveSingleItem();

        (change.Incident.Id, change.Event, change.Incident.State, change.Incident.ClosedAt).ShouldBe((id, IncidentEvent.Reopened, IncidentStates.Open, null));
    }

    [Fact]
    public void Incident_ThatComesAgainLater_IsAnotherOne()
    {
        var id = Run(10, Found(10, 11, 60))[0].Incident.Id;
        Run(13);

        Run(30, Found(30, 31, 60)).ShouldHaveSingleItem().Incident.Id.ShouldNotBe(id);
    }

    [Fact]
    public void Incident_ThatIsClosed_IsNotReopenedByWhatIsKnown()
    {
        Run(10, Found(10, 11, 60));
        Run(13);

        Run(14, Found(10, 11, 60)).ShouldAllBe(static change => change.Event == null);
        _known[0].State.ShouldBe(IncidentStates.Closed);
    }

    [Fact]
    public void Acknowledgement_StaysWhileItGrows()
    {
        Run(10, Found(10, 11, 60));
        _known[0] = _known[0] with { State = IncidentStates.Acknowledged };

        Run(11, Found(10, 12, 95));

        _known[0].State.ShouldBe(IncidentStates.Acknowledged);
    }

    [Fact]
    public void Findings_OfTwoMetrics_AreTwoIncidents() =>
        Run(10, Found(10, 11, 60), Found(10, 11, 60) with { Metric = "flows" }).Select(static change => change.Incident.Metric).ShouldBe(["bytes", "flows"]);

    private IReadOnlyList<IncidentChange> Run(int bucket, params Finding[] findings) => Run(bucket, Spec(), findings);

    /// <summary>Runs a window of one bucket and keeps what it changes.</summary>
    private IReadOnlyList<IncidentChange> Run(int bucket, MonitorSpec spec, params Finding[] findings)
    {
        var changes = Life(spec).Changes(_known, Window(bucket) with { Findings = findings });
        foreach (var change in changes)
        {
            _known.RemoveAll(known => known.Id == change.Incident.Id);
            _known.Add(change.Incident);
        }
        return changes;
    }

    private static IncidentLife Life(MonitorSpec spec) => new("edge-traffic", 1, spec, Now);

    /// <summary>It has sent nothing for weeks and is forgotten, or a revision has left it out.</summary>
    [Fact]
    public void Incident_OfAnEntityThatIsNotJudgedAnyMore_ClosesAfterADay()
    {
        var other = new HashSet<SeriesKey> { new([new("sensor_name", "other")]) };
        Run(10, Found(10, 11, 80));

        Life(Spec()).Changes(_known, Window(11 + 287) with { To = At(11 + 287), Judged = other }).ShouldBeEmpty();
        Life(Spec()).Changes(_known, Window(11 + 287) with { Judged = new HashSet<SeriesKey>() }).ShouldBeEmpty();
        var change = Life(Spec()).Changes(_known, Window(11 + 287) with { Judged = other }).ShouldHaveSingleItem();

        (change.Event, change.Detail, change.Incident.ClosedAt)
            .ShouldBe((IncidentEvent.Closed, "its entity was not judged for a day", Now));
    }

    /// <summary>Its series is not ordinary: nobody looks at it.</summary>
    [Fact]
    public void Incident_ThatARevisionDoesNotWatch_ClosesWithTheNextRunAndSaysSo()
    {
        var (spec, none) = (Spec(), new HashSet<SeriesKey>());
        Run(10, Found(10, 11, 80));
        var flows = spec with { Series = spec.Series with { Metrics = [JsonElement.Parse("""{"type":"longSum","name":"flows"}""")] } };
        var finer = spec with { Series = spec.Series with { By = ["sensor_name", "interface"] } };
        var whole = spec with { Series = spec.Series with { By = [] } };

        Closed(flows).ShouldBe("its monitor does not watch bytes any more");
        Closed(finer).ShouldBe("its monitor splits its data another way now");
        Closed(whole).ShouldBe("its monitor splits its data another way now");
        Life(spec).Changes(_known, Window(11) with { Judged = none }).ShouldBeEmpty();

        string? Closed(MonitorSpec revised)
        {
            var change = Life(revised).Changes(_known, Window(11) with { Judged = none }).ShouldHaveSingleItem();
            (change.Event, change.Incident.State).ShouldBe((IncidentEvent.Closed, IncidentStates.Closed));
            return change.Detail;
        }
    }

    /// <summary>A monitor of one series that is split since is another; an outage of the whole data source is of either.</summary>
    [Fact]
    public void Incident_WithoutAnEntity_OfAMonitorThatIsSplitSince_ClosesUnlessItIsAnOutage()
    {
        Run(10, Found(10, 11, 80) with { Key = SeriesKey.None });
        var none = Window(11) with { Judged = new HashSet<SeriesKey>() };

        Life(Spec()).Changes(_known, none).ShouldHaveSingleItem().Detail.ShouldBe("its monitor splits its data another way now");
        _known[0] = _known[0] with { Kind = "outage" };
        Life(Spec()).Changes(_known, none).ShouldBeEmpty();
    }

    /// <summary>What stands for all entities is ordinary when any of them has rows. The one without a value is an entity as others.</summary>
    [Fact]
    public void Incident_OfTheRowsWithoutAValue_StaysOpenWhileOthersAreJudged()
    {
        var silent = Found(10, 11, 80) with { Key = SeriesKey.None };
        Run(10, silent, Found(10, 11, 80) with { Key = SeriesKey.WithoutValues(["sensor_name"]) });
        _known[0] = _known[0] with { Kind = "outage" };

        var change = Life(Spec()).Changes(_known, SilentSource.Of(Window(13), read: 5, "bytes")).ShouldHaveSingleItem();

        (change.Event, change.Incident.EntityKey).ShouldBe((IncidentEvent.Closed, "{}"));
    }

    private static WindowResult Window(int bucket) =>
        new() { From = At(bucket), To = At(bucket + 1), Step = Step, Judged = new HashSet<SeriesKey> { Edge } };

    private static Finding Found(int from, int to, double severity) => new(Edge, "bytes", new()
    {
        Start = At(from),
        End = At(to),
        Severity = severity,
        Kind = IncidentKind.Spike,
        Alarms = AlarmClasses.Sharp,
        Peak = new(At(from), 100, 10),
        Area = 90,
        Reason = "much",
    });

    private static long At(int bucket) => bucket * Step;

    private static MonitorSpec Spec()
    {
        MonitorSchedule.TryParse("every 5m", out var schedule);
        return new()
        {
            Series = new()
            {
                DataSource = "rb_flow",
                Metrics = [.. new[] { "bytes", "flows" }.Select(static name => JsonSerializer.SerializeToElement(name))],
                Granularity = "PT5M",
                Step = Step,
                By = ["sensor_name"],
            },
            Schedule = schedule!,
            Detector = new() { Name = "seasonal-scan" },
        };
    }
}
