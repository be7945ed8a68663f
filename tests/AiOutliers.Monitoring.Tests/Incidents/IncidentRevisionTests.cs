using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Tests.Incidents;

public sealed class IncidentRevisionTests
{
    private const long Step = 300_000, Now = 9_000_000;

    private static readonly SeriesKey Edge = new([new("s", "a")]);

    private static readonly StoredIncident Known = new()
    {
        Id = "aaaaaaaaaa",
        EntityKey = IncidentFacts.KeyOf(Edge),
        Metric = "bytes",
        State = IncidentStates.Open,
        StartedAt = At(10),
        EndedAt = At(12),
    };

    [Fact]
    public void Incident_ThatIsNotFoundAnyMore_IsClosed()
    {
        var change = Revise(Known, At(10), At(12)).ShouldHaveSingleItem();

        (change.Event, change.Incident.State, change.Detail)
            .ShouldBe((IncidentEvent.Closed, IncidentStates.Closed, "it was ordinary after all"));
    }

    [Theory]
    [InlineData(10, 11, 11, 12)]
    [InlineData(11, 12, 10, 11)]
    public void Incident_OfWhichAPartIsOrdinary_IsShorter(int from, int to, int start, int end)
    {
        var change = Revise(Known, At(from), At(to)).ShouldHaveSingleItem();

        (change.Event, change.Incident.StartedAt, change.Incident.EndedAt).ShouldBe((IncidentEvent.Revised, At(start), At(end)));
    }

    [Fact]
    public void Incident_ThatWasClosed_IsOnlyTold() =>
        Revise(Known with { State = IncidentStates.Closed, ClosedAt = 5 }, At(10), At(12)).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                static change => change.Event.ShouldBe(IncidentEvent.Revised), static change => change.Incident.ClosedAt.ShouldBe(5));

    [Fact]
    public void Incident_ThatIsStillFound_OrOfAnEntityWithoutRows_StaysAsItIs()
    {
        var found = new Finding(Edge, "bytes", new()
        {
            Start = At(10),
            End = At(12),
            Severity = 80,
            Kind = IncidentKind.Outage,
            Alarms = AlarmClasses.Outage,
            Peak = null,
            Area = null,
            Reason = "x",
        });

        Revise(Known, At(10), At(12), found).ShouldBeEmpty();
        IncidentRevision.Of([Known], [], new() { From = At(10), To = At(12), Step = Step }, Now).ShouldBeEmpty();
    }

    private static List<IncidentChange> Revise(StoredIncident known, long from, long to, params Finding[] findings) =>
        [.. IncidentRevision.Of(
            [known], [], new() { From = from, To = to, Step = Step, Judged = new HashSet<SeriesKey> { Edge }, Findings = findings }, Now)];

    private static long At(int bucket) => bucket * Step;
}
