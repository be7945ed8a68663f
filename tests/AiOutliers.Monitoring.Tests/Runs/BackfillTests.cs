using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Monitoring.Tests.Storage;

namespace AiOutliers.Monitoring.Tests.Runs;

/// <summary>Host a is silent from 58:00 to 59:00.</summary>
public sealed class BackfillTests(Databases databases) : IClassFixture<Databases>
{
    private const string Alerts = """
        catchUp: 2h
          alerts: [noc]
        ---
        apiVersion: aioutliers/v1
        kind: Contact
        metadata: { name: noc }
        spec: { webhook: { url: "http://127.0.0.1:1" } }
        """;

    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Backfill_JudgesWhatNobodyHas_Once_AndTellsNobody(string kind)
    {
        await using var bench = await StartAsync(kind);

        var first = await bench.BackfillAsync(At(50), At(80));
        var second = await bench.BackfillAsync(At(50), At(80));
        await bench.RunAsync();
        await bench.RunAsync(TimeSpan.FromMinutes(30));

        first.Select(static run => (run.State, run.Incidents)).ShouldBe([(RunStates.Done, 1)]);
        second.ShouldBeEmpty();
        var runs = await bench.RunsAsync();
        runs.Select(static run => run.WindowFrom)
            .ShouldBe(runs.Select(static run => run.WindowTo).Skip(1).Append(At(50).ToUnixTimeMilliseconds()));
        var incident = (await bench.Runtime.Incidents.PageAsync(new(), default)).ShouldHaveSingleItem();
        (incident.Kind, incident.State).ShouldBe(("outage", IncidentStates.Closed));
        (await bench.Runtime.Incidents.HistoryAsync(incident.Id, default))[0].Detail!.ShouldStartWith("backfill: ");
        (await bench.Runtime.AlertsAsync(null, 10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pause_OfADay_IsMadeUpForInPieces_WithinAndBeyondCatchUp()
    {
        await using var bench = await StartAsync(Databases.Sqlite);
        bench.Clock.Now = At(30).AddSeconds(1);
        await bench.RunAsync();
        bench.Source.Failure = "gone";
        bench.Clock.Now = At(60).AddSeconds(1);
        await bench.RunAsync();
        (await bench.RunsAsync()).Count(static run => run.State == RunStates.Skipped).ShouldBe(1);
        bench.Source.Failure = null;

        for (var turn = 0; turn < 3; turn++)
            await bench.RunAsync(TimeSpan.FromSeconds(20));

        var runs = await bench.RunsAsync();
        runs.ShouldAllBe(static run => run.State == RunStates.Done && run.Attempt <= 2);
        runs.OrderBy(static run => run.WindowFrom).Select(static run => run.WindowTo).Distinct().Count().ShouldBe(runs.Count);
        runs.Sum(static run => run.WindowTo - run.WindowFrom)
            .ShouldBe(runs.Max(static run => run.WindowTo) - runs.Min(static run => run.WindowFrom));
        runs.Count(static run => run.Reason == "backfilled").ShouldBe(2);
        (await bench.Runtime.Incidents.PageAsync(new(), default)).ShouldHaveSingleItem().Kind.ShouldBe("outage");
    }

    [Fact]
    public async Task Backfill_WhereTheSourceFails_WritesNothing()
    {
        await using var bench = await StartAsync(Databases.Sqlite);
        await bench.RunAsync();
        bench.Source.Failure = "gone";

        (await bench.BackfillAsync(At(50), At(60))).ShouldHaveSingleItem().Reason.ShouldBe("gone");

        (await bench.RunsAsync()).Count.ShouldBe(1);
    }

    private async Task<MonitorBench> StartAsync(string kind) => await MonitorBench.StartAsync(
        await databases.CreateAsync(kind), static (host, minute) => host == "b" || minute is < 58 * 60 or >= 59 * 60,
        static text => text.Replace("catchUp: 2h", Alerts));

    private static DateTimeOffset At(int hour) => MonitorBench.Begin.AddHours(hour);
}
