using AiOutliers.Druid;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Monitoring.Tests.Runs;

public sealed class MonitorRunTests(Databases databases) : IClassFixture<Databases>
{
    private readonly ManualClock _clock = SampleMonitor.Clock();

    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Flood_IsOpenedOnce_GrowsAndIsClosed(string kind)
    {
        await using var runtime = await StartAsync(kind);

        await RunAsync(runtime);
        (await runtime.Incidents.PageAsync(new(), default)).ShouldBeEmpty();
        _clock.Now += TimeSpan.FromMinutes(30);
        await RunAsync(runtime);
        var open = (await runtime.Incidents.PageAsync(new(), default)).ShouldHaveSingleItem();
        (open.Entity, open.State, open.Kind).ShouldBe(("sensor_name=headquarters", IncidentStates.Open, "spike"));
        open.StartedAt.ShouldBe(Time("2024-09-24T14:10:00Z"));
        var counts = await MonitoringCounts.ReadAsync(runtime.Database, default);
        (counts.Open.ShouldHaveSingleItem().Count, counts.JudgedUpTo["sensors"]).ShouldBe((1, Time("2024-09-24T14:30:00Z")));
        _clock.Now += TimeSpan.FromMinutes(60);
        await RunAsync(runtime);

        var closed = (await runtime.Incidents.PageAsync(new(), default)).ShouldHaveSingleItem();
        (closed.Id, closed.State, closed.EndedAt).ShouldBe((open.Id, IncidentStates.Closed, Time("2024-09-24T14:45:00Z")));
        (await runtime.Incidents.HistoryAsync(open.Id, default)).Select(static line => line.Kind).ShouldBe([IncidentEvent.Opened, IncidentEvent.Closed]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Windows_AreJudgedOnceEach_WhoeverTries(string kind)
    {
        var address = await databases.CreateAsync(kind);
        await using var first = await StartAsync(address);
        await using var second = new MonitoringRuntime(new() { Database = address }, new(), _clock);
        await RunAsync(first);
        _clock.Now += TimeSpan.FromMinutes(40);

        await Task.WhenAll(RunAsync(first), RunAsync(second));
        await RunAsync(second);

        var runs = await first.Runs.ListAsync("sensors", 100, default);
        runs.Select(static run => run.State).Distinct().ShouldBe([RunStates.Done]);
        runs.Select(static run => run.WindowTo).ShouldBe(
            Enumerable.Range(0, 9).Select(back => Time("2024-09-24T14:40:00Z") - back * 300_000L));
        runs.ShouldAllBe(static run => run.Judged == 4 && run.RowsRead > 0);
        (await first.Incidents.PageAsync(new(), default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Pause_LongerThanCatchUp_IsSkipped_AndMadeUpForAtOnce_WhereTheSourceAnswers()
    {
        await using var runtime = await StartAsync(Databases.Sqlite);
        await RunAsync(runtime);
        _clock.Now += TimeSpan.FromHours(5);

        await RunAsync(runtime);

        var runs = await runtime.Runs.ListAsync("sensors", 100, default);
        var filled = runs.Where(static run => run.Reason == "backfilled").ShouldHaveSingleItem();
        (filled.WindowFrom, filled.WindowTo).ShouldBe((Time("2024-09-24T14:00:00Z"), Time("2024-09-24T17:00:00Z")));
        runs.Count(static run => run.State == RunStates.Done).ShouldBe(26);
        runs.Where(run => run != filled).Select(static run => run.WindowTo).ShouldBe(
            Enumerable.Range(0, 25).Select(back => Time("2024-09-24T19:00:00Z") - back * 300_000L).Select(
                time => time > filled.WindowTo ? time : filled.WindowFrom));
    }

    [Fact]
    public async Task Filter_ThatMatchesNothing_IsNoDataWithTheReason()
    {
        await using var runtime = await StartAsync(
            await databases.CreateAsync(Databases.Sqlite),
            SampleMonitor.Document.Replace("by: [sensor_name]", "filter: { type: selector, dimension: sensor_name, value: nobody }"));

        await RunAsync(runtime);

        var run = (await runtime.Runs.ListAsync("sensors", 10, default)).ShouldHaveSingleItem();
        (run.State, run.RowsRead).ShouldBe((RunStates.NoData, 0));
        run.Reason!.ShouldContain("check data source, filter and interval");
        (await runtime.Incidents.PageAsync(new(), default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Source_ThatFails_IsAFailedRun_AndLaterTheSameWindowIsJudged()
    {
        await using var runtime = await StartAsync(Databases.Sqlite);
        var source = new FailingSource(SampleMonitor.Data) { Failure = "the broker is gone" };

        await RunAsync(runtime, source);
        var failed = (await runtime.Runs.ListAsync("sensors", 10, default)).ShouldHaveSingleItem();
        (failed.State, failed.Attempt, failed.Reason).ShouldBe((RunStates.Failed, 1, "the broker is gone"));
        _clock.Now += TimeSpan.FromMinutes(10);
        source.Failure = null;
        await RunAsync(runtime, source);

        var runs = await runtime.Runs.ListAsync("sensors", 10, default);
        runs.Select(static run => run.State).ShouldBe([RunStates.Done, RunStates.Done, RunStates.Done]);
        (runs[^1].WindowTo, runs[^1].Attempt).ShouldBe((failed.WindowTo, 2));
    }

    [Theory]
    [InlineData("by: [sensor_name], top: 2", 2)]
    [InlineData("by: [sensor_name], top: 4", 4)]
    public async Task Entities_BeyondTop_AreLeftOutAndTheRunSaysSo(string by, int judged)
    {
        await using var runtime = await StartAsync(
            await databases.CreateAsync(Databases.Sqlite), SampleMonitor.Document.Replace("by: [sensor_name]", by));

        await RunAsync(runtime);

        var run = (await runtime.Runs.ListAsync("sensors", 10, default)).ShouldHaveSingleItem();
        (run.State, run.Judged).ShouldBe((RunStates.Done, judged));
        run.Reason.ShouldBe(judged == 2 ? "there are more than 2 entities: the largest 2 are judged" : null);
    }

    /// <summary>The exporter of the data center is gone from 16:00 to 17:30: no rows.</summary>
    [Fact]
    public async Task Entity_WithoutRows_IsAnOutageWhileItLasts()
    {
        _clock.Now = DateTimeOffset.Parse("2024-09-26T16:00:30Z");
        await using var runtime = await StartAsync(Databases.Sqlite);
        await RunAsync(runtime);
        _clock.Now += TimeSpan.FromMinutes(30);
        await RunAsync(runtime);

        var open = (await runtime.Incidents.PageAsync(new() { Text = "DATA-center" }, default)).ShouldHaveSingleItem();
        (open.Kind, open.State, open.StartedAt).ShouldBe(("outage", IncidentStates.Open, Time("2024-09-26T16:00:00Z")));
        open.Reason.ShouldStartWith("no data where ");
        _clock.Now += TimeSpan.FromMinutes(100);
        await RunAsync(runtime);

        var closed = (await runtime.Incidents.PageAsync(new() { Text = "data-center" }, default)).ShouldHaveSingleItem();
        (closed.Id, closed.State, closed.EndedAt).ShouldBe((open.Id, IncidentStates.Closed, Time("2024-09-26T17:30:00Z")));
    }

    /// <summary>What another node applies and deletes counts with the next look.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Scheduler_OfAMonitorThatAnotherNodeChanges_GoesByTheNewRevision(string kind)
    {
        var address = await databases.CreateAsync(kind);
        await using var here = await StartAsync(address);
        var scheduler = here.Scheduler(SampleMonitor.AnalyzerOf(here, SampleMonitor.Data), SampleMonitor.Data, NullLoggerFactory.Instance);
        await scheduler.RunDueAsync(default);
        await using var elsewhere = await StartAsync(address, SampleMonitor.Document.Replace("[bytes]", "[flows]"));

        (await RevisionsAsync()).ShouldBe([1, 2]);
        await elsewhere.Catalog.DeleteAsync("Monitor", "sensors", new("test"), default);
        (await RevisionsAsync()).ShouldBe([1, 2]);
        await SampleMonitor.ApplyAsync(elsewhere, SampleMonitor.Document);
        (await RevisionsAsync())[^1].ShouldBe(3);

        async Task<IReadOnlyList<long>> RevisionsAsync()
        {
            _clock.Now += TimeSpan.FromMinutes(5);
            await scheduler.RunDueAsync(default);
            return [.. (await here.Runs.ListAsync("sensors", 10, default)).Select(static run => run.Revision).Reverse()];
        }
    }

    private async Task<MonitoringRuntime> StartAsync(string kind) => await StartAsync(await databases.CreateAsync(kind));

    private async Task<MonitoringRuntime> StartAsync(DatabaseAddress address, string document = SampleMonitor.Document)
    {
        var runtime = new MonitoringRuntime(new() { Database = address }, new EngineSettings(), _clock);
        await SampleMonitor.ApplyAsync(runtime, document);
        return runtime;
    }

    private static Task RunAsync(MonitoringRuntime runtime, IDruidSource? source = null) =>
        SampleMonitor.RunAsync(runtime, source ?? SampleMonitor.Data);

    private static long Time(string text) => DateTimeOffset.Parse(text).ToUnixTimeMilliseconds();
}
