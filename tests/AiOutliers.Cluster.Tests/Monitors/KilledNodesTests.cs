using System.Diagnostics;
using AiOutliers.Cluster.Tests.Jobs;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Cluster.Tests.Monitors;

/// <summary>Three services that run monitors over one PostgreSQL; each is killed at random, and so are PostgreSQL and Redis.</summary>
[Trait("tier", "integration")]
public sealed class KilledNodesTests
{
    private const double SeverityTolerance = 1;

    [Fact]
    public async Task Monitors_WhoeverIsKilled_JudgeEachWindowOnce_AndTellEachIncidentOnce()
    {
        var (plan, begin) = (ChaosPlan.Read(), TimeProvider.System.GetUtcNow());
        await using var postgres = await PostgresServer.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        await using var nodes = await MonitorNodes.StartAsync(postgres, redis, plan, begin);
        await using var database = new MonitoringRuntime(
            new() { Database = DatabaseAddress.Parse(postgres.ConnectionString("postgres")) }, new(), TimeProvider.System);
        await JobWaiting.UntilAsync(() => IsDoneAsync(database, 1), () => nodes.Logs);
        var kills = await DisturbAsync(nodes, postgres, redis);
        // Long enough for a whole flood, whenever the monitors began.
        var until = TimeProvider.System.GetUtcNow().AddSeconds(10 * plan.Bucket).ToUnixTimeMilliseconds();

        await JobWaiting.UntilAsync(() => IsDoneAsync(database, until), () => nodes.Logs);
        await nodes.StopAsync();

        var runs = await RunsAsync(database, plan);
        foreach (var (monitor, ofMonitor) in runs)
        {
            ofMonitor.ShouldAllBe(static run => run.State == RunStates.Done, monitor);
            ofMonitor.Skip(1).Select(static run => run.WindowFrom)
                .ShouldBe(ofMonitor.SkipLast(1).Select(static run => run.WindowTo), monitor);
        }
        var incidents = await database.Incidents.PageAsync(new() { Limit = IncidentFilterQuery.MostRows }, default);
        var from = runs.Values.Max(static one => one[0].WindowTo);
        var to = runs.Values.Min(static one => one[^1].WindowTo) - 5000 * plan.Bucket;
        var undisturbed = await UndisturbedRun.IncidentsAsync(nodes, runs.Values.Min(static one => one[0].WindowTo), to);
        undisturbed.Where(one => one.StartedAt >= from && one.EndedAt < to).ShouldNotBeEmpty(
            $"{undisturbed.Count} undisturbed, {incidents.Count} disturbed ones, from {from} to {to}: "
            + string.Join("; ", incidents.Select(UndisturbedRun.Facts)));
        foreach (var monitor in runs.Keys)
            CheckEqual([.. incidents.Where(one => one.Monitor == monitor)], undisturbed, one => one.StartedAt >= from && one.EndedAt < to);
        await CheckAlertsAsync(database, nodes, incidents);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{plan.Monitors} monitors × {plan.Hosts} entities for {plan.Seconds} s, {kills} kills of nodes, PostgreSQL and Redis restarted once: "
            + $"{runs.Values.Sum(static one => one.Count)} windows judged once each, {incidents.Count} incidents, "
            + $"{nodes.Told.Count} messages, "
            + $"{nodes.Told.Count - nodes.Told.DistinctBy(static one => one.Key).Count()} of them repeated with their key");
    }

    /// <summary>The same incidents. How severe one is may differ a little: a node that takes over looks at all series anew.</summary>
    private static void CheckEqual(
        IReadOnlyList<StoredIncident> disturbed, IReadOnlyList<StoredIncident> undisturbed, Func<StoredIncident, bool> isCompared)
    {
        var some = disturbed.Where(isCompared).OrderBy(UndisturbedRun.Facts).ToList();
        var same = undisturbed.Where(isCompared).OrderBy(UndisturbedRun.Facts).ToList();
        some.Select(UndisturbedRun.Facts).ShouldBe(same.Select(UndisturbedRun.Facts), disturbed[0].Monitor);
        foreach (var (one, other) in some.Zip(same))
            one.Severity.ShouldBe(other.Severity, SeverityTolerance);
    }

    private static async Task<int> DisturbAsync(MonitorNodes nodes, PostgresServer postgres, RedisServer redis)
    {
        var (random, started, kills) = (new Random(7), Stopwatch.GetTimestamp(), 0);
        var (whole, isRestarted) = (TimeSpan.FromSeconds(nodes.Plan.Seconds), false);
        while (Stopwatch.GetElapsedTime(started) < whole || kills < nodes.Plan.Nodes)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Min(20, nodes.Plan.Seconds / 6.0) * random.NextDouble()));
            await nodes.ReplaceAsync(kills == 0 ? 0 : random.Next(nodes.Running.Count), TimeSpan.FromSeconds(random.NextDouble()));
            kills++;
            if (isRestarted || Stopwatch.GetElapsedTime(started) < whole / 2)
                continue;
            await postgres.KillAsync();
            await Task.Delay(TimeSpan.FromSeconds(random.NextDouble()));
            await postgres.StartAgainAsync();
            await redis.KillAsync();
            await redis.StartAgainAsync();
            isRestarted = true;
        }
        return kills;
    }

    private static async Task<bool> IsDoneAsync(MonitoringRuntime database, long until)
    {
        try
        {
            return (await database.Catalog.Monitors.ListAsync(default)).All(monitor => monitor.NextFrom >= until)
                && (await database.AlertsAsync(OutboxRow.Waiting, 1, default)).Count == 0;
        }
        catch (Detection.AiOutliersException)
        {
            // The connection from before PostgreSQL was killed.
            return false;
        }
    }

    /// <summary>By monitor, the oldest first.</summary>
    private static async Task<IReadOnlyDictionary<string, List<StoredRun>>> RunsAsync(MonitoringRuntime database, ChaosPlan plan)
    {
        var runs = new Dictionary<string, List<StoredRun>>();
        foreach (var monitor in Enumerable.Range(0, plan.Monitors).Select(static i => $"m{i}"))
            runs[monitor] = [.. (await database.Runs.ListAsync(monitor, 10_000, default))
                .Where(static run => run.State is not (RunStates.Waiting or RunStates.Failed)).Reverse()];
        return runs;
    }

    /// <summary>What is in the outbox is what the receiver has, each once; of each incident in order: one that reopens begins again.</summary>
    private static async Task CheckAlertsAsync(MonitoringRuntime database, MonitorNodes nodes, IReadOnlyList<StoredIncident> incidents)
    {
        var rows = await database.AlertsAsync(null, 100_000, default);
        var told = nodes.Told.DistinctBy(static one => one.Key).SelectMany(static one => one.Body.GetProperty("alerts").EnumerateArray())
            .Select(static alert => (
                Incident: alert.GetProperty("incident").GetString()!, Event: alert.GetProperty("event").GetString()!)).ToList();
        rows.Where(static row => row.State != OutboxRow.Delivered).ShouldAllBe(static row => row.State == OutboxRow.Waiting, nodes.Logs);
        told.Order()
            .ShouldBe(rows.Where(static row => row.State == OutboxRow.Delivered).Select(static row => (row.Incident, row.Event)).Order());
        foreach (var incident in incidents.Where(static one => one.ClosedAt is not null))
        {
            var events = told.Where(one => one.Incident == incident.Id && one.Event != AlertMessage.Update).Select(static one => one.Event);
            var reopened = (await database.Incidents.HistoryAsync(incident.Id, default))
                .Count(static line => line.Kind == IncidentEvent.Reopened);
            var all = string.Join(' ', Enumerable.Repeat("begin end", 1 + reopened));
            string.Join(' ', events).ShouldBeOneOf(all, all[..^" end".Length]);
        }
    }
}
