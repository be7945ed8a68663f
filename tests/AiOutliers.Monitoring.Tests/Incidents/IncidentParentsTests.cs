using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Tests.Incidents;

public sealed class IncidentParentsTests
{
    private const long Step = 300_000, Now = 9_000_000;

    private const string Cause = """{"elements":[{"where":{"dst_ip":"10.1.2.3"},"share":0.9},{"where":{"protocol":"17"},"share":0.2}]}""";

    private static readonly StoredIncident Bytes = new()
    {
        Id = "aaaaaaaaaa",
        EntityKey = "{\"s\":\"a\"}",
        Entity = "s=a",
        Metric = "bytes",
        State = IncidentStates.Open,
        Severity = 80,
        StartedAt = 10 * Step,
        EndedAt = 12 * Step,
    };

    [Fact]
    public void NewIncidents_OfOneEntity_AreOne_WhoseParentIsTheMostSevere()
    {
        var changes = Join([Opened(Bytes with { Severity = 60 }), Opened(Bytes with { Id = "bbbbbbbbbb", Metric = "flows" })]);

        ParentOf(changes, "aaaaaaaaaa").ShouldBe("bbbbbbbbbb");
        ParentOf(changes, "bbbbbbbbbb").ShouldBeNull();
        Of(changes, "bbbbbbbbbb").Notes.ShouldHaveSingleItem().ShouldBe(new(IncidentEvent.Joined, "bytes of s=a"));
    }

    [Fact]
    public void NewIncidents_WithALargeCauseInCommon_AreOne()
    {
        var changes = Join([Opened(Bytes with { Causes = Cause }), Opened(Other with { Causes = Cause })]);

        ParentOf(changes, "cccccccccc").ShouldBe("aaaaaaaaaa");
    }

    [Fact]
    public void NewIncidents_WithASmallCauseInCommon_AreTwo()
    {
        const string Small = """{"elements":[{"where":{"protocol":"17"},"share":0.2}]}""";

        ParentOf(Join([Opened(Bytes with { Causes = Cause }), Opened(Other with { Causes = Small })]), "cccccccccc").ShouldBeNull();
    }

    [Fact]
    public void NewIncident_AtAnotherTime_StandsForItself()
    {
        var later = Bytes with { Id = "bbbbbbbbbb", Metric = "flows", StartedAt = 20 * Step, EndedAt = 21 * Step };

        ParentOf(Join([Opened(later)], Bytes), later.Id).ShouldBeNull();
    }

    [Fact]
    public void NewIncident_ThatIsMuchWorse_RaisesItsParent()
    {
        var changes = Join([Opened(Bytes with { Id = "bbbbbbbbbb", Metric = "flows", Severity = 95 })], Bytes);

        var parent = Of(changes, "aaaaaaaaaa");
        (parent.Event, parent.Incident.Severity, parent.Detail).ShouldBe((IncidentEvent.Grew, 95, "severity 80 → 95: flows of s=a"));
    }

    [Fact]
    public void Parent_StaysOpenWhileAMemberDoes()
    {
        var member = Bytes with { Id = "bbbbbbbbbb", Metric = "flows", Parent = "aaaaaaaaaa" };
        var closed = new IncidentChange(Bytes with { State = IncidentStates.Closed, ClosedAt = Now }, false, IncidentEvent.Closed);

        Join([closed], Bytes, member).ShouldBeEmpty();
        Join([closed], Bytes, member with { State = IncidentStates.Closed, ClosedAt = Now }).ShouldHaveSingleItem();
        Join([closed, closed with { Incident = member with { ClosedAt = Now } }], Bytes, member).Count.ShouldBe(2);
    }

    [Fact]
    public void Member_ThatComesAgainAfterItsParentIsOver_StandsForItself()
    {
        var member = Bytes with { Id = "bbbbbbbbbb", Metric = "flows", Parent = "aaaaaaaaaa" };

        var closed = Bytes with { State = IncidentStates.Closed, ClosedAt = Now };

        var changes = Join([new(member, false, IncidentEvent.Reopened)], closed, member);

        ParentOf(changes, member.Id).ShouldBeNull();
        Of(changes, member.Id).Notes.ShouldHaveSingleItem().Kind.ShouldBe(IncidentEvent.Left);
    }

    [Fact]
    public void Thousands_OfIncidentsAtOnce_AreJoinedInOneLine()
    {
        var opened = Enumerable.Range(0, 3000).Select(i => Opened(Bytes with { Id = $"{i:0000000000}", EntityKey = $"{i}", Causes = Cause }));

        var changes = Join([.. opened]);

        changes.Count(static change => change.Incident.Parent == "0000000000").ShouldBe(2999);
        Of(changes, "0000000000").Notes.ShouldHaveSingleItem().Detail.ShouldEndWith(" and 2996 more");
    }

    private static StoredIncident Other => Bytes with { Id = "cccccccccc", EntityKey = "{\"s\":\"c\"}", Entity = "s=c", Severity = 70 };

    private static IncidentChange Opened(StoredIncident incident) => new(incident, IsNew: true, IncidentEvent.Opened, "much");

    private static IReadOnlyList<IncidentChange> Join(IReadOnlyList<IncidentChange> changes, params StoredIncident[] known) =>
        IncidentParents.Join(changes, known, Step, Now);

    private static IncidentChange Of(IReadOnlyList<IncidentChange> changes, string id) =>
        changes.Single(change => change.Incident.Id == id);

    private static string? ParentOf(IReadOnlyList<IncidentChange> changes, string id) => Of(changes, id).Incident.Parent;
}
