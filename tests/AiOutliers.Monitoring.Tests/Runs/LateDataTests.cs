using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Monitoring.Tests.Storage;

namespace AiOutliers.Monitoring.Tests.Runs;

/// <summary>Host a is silent from 60:00 on; its rows come two hours late.</summary>
public sealed class LateDataTests(Databases databases) : IClassFixture<Databases>
{
    private const int Silence = 60 * 60;

    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RowsThatComeTwoHoursLate_AreJudgedAgain_AndTheIncidentSaysSo(string kind)
    {
        await using var bench = await MonitorBench.StartAsync(
            await databases.CreateAsync(kind), static (host, minute) => host == "b" || minute < Silence);
        await bench.RunAsync();
        await bench.RunAsync(TimeSpan.FromMinutes(115));
        var outage = (await bench.Runtime.Incidents.PageAsync(new(), default)).ShouldHaveSingleItem();
        (outage.Kind, outage.Entity, outage.State).ShouldBe(("outage", "host=a", IncidentStates.Open));
        bench.Arrive(static (_, _) => true);

        await bench.RunAsync(TimeSpan.FromMinutes(5));

        var again = (await bench.RunsAsync()).Where(static run => run.Attempt == 2).ToList();
        again.Count.ShouldBe(23);
        again.ShouldAllBe(static run => run.RowsRead == 10 && run.State == RunStates.Done && run.Reason!.StartsWith("late data, 5 → 10 rows"));
        var history = await bench.Runtime.Incidents.HistoryAsync(outage.Id, default);
        history.Select(static line => line.Kind).Distinct().ShouldBe([IncidentEvent.Opened, IncidentEvent.Revised, IncidentEvent.Closed]);
        history[^1].Detail!.ShouldContain("it was ordinary after all");
        (await bench.Runtime.Incidents.FindAsync(outage.Id, default))!.State.ShouldBe(IncidentStates.Closed);
        await bench.RunAsync();
        (await bench.RunsAsync()).ShouldNotContain(static run => run.Attempt > 2);
    }

    /// <summary>An hour late, all the time: some window always waits.</summary>
    [Fact]
    public async Task RowsThatAreAlwaysLate_AreJudgedAgain_ThoughAWindowWaits()
    {
        await using var bench = await MonitorBench.StartAsync(
            await databases.CreateAsync(Databases.Sqlite), static (_, minute) => minute < Silence);
        await bench.RunAsync();
        await bench.RunAsync(TimeSpan.FromHours(1));
        (await bench.RunsAsync()).Count(static run => run.State == RunStates.NoData).ShouldBe(6);
        bench.Arrive(static (_, minute) => minute < Silence + 20);

        await bench.RunAsync(TimeSpan.FromMinutes(20));

        var runs = await bench.RunsAsync();
        runs[0].State.ShouldBe(RunStates.Waiting);
        runs.Count(static run => run.Attempt == 2 && run.Reason?.StartsWith("late data") == true).ShouldBe(4);
        (await bench.RunsAsync()).Count(static run => run.State == RunStates.NoData).ShouldBe(6);
    }

    /// <summary>Every look finds a bucket that is still being filled. It is no dip; where nothing more comes it is judged as it is.</summary>
    [Fact]
    public async Task BucketThatIsHalfThere_IsLeftUntilItIsWhole_OrGrowsNoMore()
    {
        await using var bench = await MonitorBench.StartAsync(
            await databases.CreateAsync(Databases.Sqlite), static (_, minute) => minute < Silence);
        var scheduler = bench.Scheduler();
        await bench.RunAsync(scheduler, TimeSpan.Zero);
        await bench.RunAsync(scheduler, TimeSpan.FromHours(1));
        for (var minutes = 17; minutes <= 47; minutes += 15)
        {
            var arrived = Silence + minutes;
            bench.Arrive((_, minute) => minute < arrived);
            await bench.RunAsync(scheduler, TimeSpan.FromMinutes(15));
        }
        (await bench.RunsAsync()).ShouldNotContain(static run => run.State == RunStates.Incomplete);
        (await bench.Runtime.Incidents.PageAsync(new(), default)).ShouldAllBe(static incident => incident.Kind == "outage");

        await bench.RunAsync(scheduler, TimeSpan.FromMinutes(15));

        (await bench.RunsAsync()).Single(static run => run.State == RunStates.Incomplete).WindowTo.ShouldBe(MonitorBench.Begin.AddMinutes(Silence + 50).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task RowsThatGrowLittle_OrShrink_AreNotJudgedAgain()
    {
        await using var bench = await MonitorBench.StartAsync(
            await databases.CreateAsync(Databases.Sqlite), static (_, minute) => minute % 60 != 0,
            static text => text.Replace("every 5m", "every 1h"));
        await bench.RunAsync(TimeSpan.FromHours(2));
        bench.Arrive(static (_, _) => true);
        await bench.RunAsync(TimeSpan.FromHours(1));
        bench.Arrive(static (_, minute) => minute % 60 > 20);

        await bench.RunAsync(TimeSpan.FromHours(1));

        var runs = await bench.RunsAsync();
        runs.Count.ShouldBe(3);
        runs.ShouldAllBe(static run => run.Attempt == 1);
    }

    [Fact]
    public async Task SourceThatFailsMeanwhile_IsAskedAgainLater()
    {
        await using var bench = await MonitorBench.StartAsync(
            await databases.CreateAsync(Databases.Sqlite), static (host, minute) => host == "b" || minute < Silence);
        await bench.RunAsync(TimeSpan.FromMinutes(30));
        bench.Arrive(static (_, _) => true);
        bench.Source.Failure = "gone";
        await bench.RunAsync(TimeSpan.FromMinutes(5));
        bench.Source.Failure = null;

        await bench.RunAsync(TimeSpan.FromMinutes(5));

        (await bench.RunsAsync()).Count(static run => run.Attempt == 2 && run.Reason?.StartsWith("late data") == true)
            .ShouldBeGreaterThan(0);
    }

    /// <summary>
    /// With as many entities as it may have, a monitor's windows are compared with their first count: of missing segments it would be
    /// nothing, and all windows would have grown later.
    /// </summary>
    [Fact]
    public async Task RowsThatTheSourceCannotCount_AreCountedWhenItCan()
    {
        await using var bench = await MonitorBench.StartAsync(
            await databases.CreateAsync(Databases.Sqlite), static (_, _) => true,
            static text => text.Replace("by: [host]", "by: [host], top: 2"));
        var whole = bench.Source.Source;
        bench.Source.Source = new PartialSource(whole);
        await bench.RunAsync();
        await bench.RunAsync(TimeSpan.FromMinutes(30));
        bench.Source.Source = whole;

        await bench.RunAsync(TimeSpan.FromMinutes(30));

        var runs = await bench.RunsAsync();
        runs.Count.ShouldBeGreaterThan(10);
        runs.ShouldAllBe(static run => run.Attempt == 1);
    }

    /// <summary>Lacks all segments of a timeseries, and says so.</summary>
    private sealed class PartialSource(IDruidSource source) : IDruidSource
    {
        public async Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
            (await source.QueryAsync(query, cancellation)).AsPartial([(0, long.MaxValue)], ["segments are missing"]);

        public Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
            source.SeriesAsync(query, cancellation);

        public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
            source.AnswerAsync(query, cancellation);
    }
}
