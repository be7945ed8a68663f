using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Monitoring.Tests.Storage;

namespace AiOutliers.Monitoring.Tests.Runs;

public sealed class BadDayTests(Databases databases) : IClassFixture<Databases>
{
    public static TheoryData<string> Kinds => Databases.Kinds;

    [Fact]
    public async Task SourceThatIsGoneForAnHour_IsMadeUpForInOrder()
    {
        await using var bench = await StartAsync(Databases.Sqlite);
        await bench.RunAsync();
        bench.Source.Failure = "the broker is gone";
        for (var minute = 0; minute < 60; minute += 5)
            await bench.RunAsync(TimeSpan.FromMinutes(5));
        (await bench.RunsAsync()).Select(static run => run.State).ShouldBe([RunStates.Failed, RunStates.Done]);
        bench.Source.Failure = null;

        await bench.RunAsync(TimeSpan.FromMinutes(1));

        var runs = await bench.RunsAsync();
        runs.Count.ShouldBe(13);
        runs.ShouldAllBe(static run => run.State == RunStates.Done);
        runs.Select(static run => run.FinishedAt).ShouldBeInOrder(SortDirection.Descending);
        (await bench.Runtime.Incidents.PageAsync(new(), default)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ClockThatWasAheadByADay_IsForgotten(string kind)
    {
        await using var bench = await StartAsync(kind);
        await bench.RunAsync();
        await bench.RunAsync(TimeSpan.FromDays(1));
        (await bench.Runtime.Incidents.PageAsync(new() { State = IncidentFilterQuery.NotClosed }, default)).ShouldNotBeEmpty();

        await bench.RunAsync(-TimeSpan.FromDays(1) + TimeSpan.FromMinutes(10));

        var runs = await bench.RunsAsync();
        runs.Select(static run => run.State).Distinct().ShouldBe([RunStates.Done]);
        runs[0].WindowTo.ShouldBe(MonitorBench.Begin.AddHours(60).AddMinutes(10).ToUnixTimeMilliseconds());
        runs.Select(static run => run.WindowFrom).ShouldBe(runs.Select(static run => run.WindowTo).Skip(1).Append(runs[^1].WindowFrom));
        (await bench.Runtime.Incidents.PageAsync(new() { State = IncidentFilterQuery.NotClosed }, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task GranularityThatARevisionMakesWider_JudgesNothingTwice()
    {
        await using var bench = await StartAsync(Databases.Sqlite);
        await bench.RunAsync(TimeSpan.FromMinutes(5));
        await bench.ApplyAsync((await bench.Runtime.Catalog.Monitors.FindAsync("hosts", default))!.Document
            .Replace("\"PT5M\"", "\"PT15M\"").Replace("every 5m", "every 15m"));

        await bench.RunAsync(TimeSpan.FromMinutes(40));

        var runs = await bench.RunsAsync();
        runs.Select(static run => (run.Revision, (run.WindowTo - run.WindowFrom) / 60_000)).Distinct().ShouldBe([(2, 15), (1, 5)]);
        runs.Where(static run => run.Revision == 2).Min(static run => run.WindowFrom)
            .ShouldBeGreaterThanOrEqualTo(runs.Where(static run => run.Revision == 1).Max(static run => run.WindowTo));
    }

    private async Task<MonitorBench> StartAsync(string kind) =>
        await MonitorBench.StartAsync(await databases.CreateAsync(kind), static (_, minute) => minute < 62 * 60);
}
