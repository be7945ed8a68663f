using AiOutliers.Cluster.Tests.Jobs;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Cluster.Tests.Monitors;

/// <summary>Two services whose receiver of alerts is down, then answers 500, then is too slow, then cuts off.</summary>
[Trait("tier", "integration")]
public sealed class BadReceiverTests
{
    /// <summary>Four seconds by default; AIOUTLIERS_RECEIVER_SECONDS asks for more (bench/monitors.sh takes 300).</summary>
    [Fact]
    public async Task Alerts_AreAllDelivered_InOrderForEachIncident()
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("AIOUTLIERS_RECEIVER_SECONDS"), out var asked) ? asked : 4;
        await using var postgres = await PostgresServer.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        await using var nodes = await MonitorNodes.StartAsync(
            postgres, redis, new(4 * seconds + 10, Monitors: 3, Hosts: 5, Bucket: 1, Nodes: 2), TimeProvider.System.GetUtcNow());
        await using var database = new MonitoringRuntime(
            new() { Database = DatabaseAddress.Parse(postgres.ConnectionString("postgres")) }, new(), TimeProvider.System);
        var quarter = TimeSpan.FromSeconds(seconds / 4.0);
        nodes.Way.Close();
        nodes.Way.CutAfter = 0;
        await JobWaiting.UntilAsync(async () => (await database.AlertsAsync(OutboxRow.Waiting, 2, default)).Count > 1, () => nodes.Logs);
        await Task.Delay(quarter);
        nodes.Way.Open();
        nodes.Way.CutAfter = int.MaxValue;
        nodes.Status = 500;
        await Task.Delay(quarter);
        (nodes.Status, nodes.Way.Stalled) = (200, true);
        await Task.Delay(quarter);
        (nodes.Way.Stalled, nodes.Way.CutAfter) = (false, 0);
        await Task.Delay(quarter);
        nodes.Way.CutAfter = int.MaxValue;

        await JobWaiting.UntilAsync(
            async () => (await database.AlertsAsync(null, 100_000, default)).Where(static row => row.Attempts > 1) is var late
                && late.Any() && late.All(static row => row.State == OutboxRow.Delivered),
            () => nodes.Logs, TimeSpan.FromMinutes(15));
        await nodes.StopAsync();

        var told = nodes.Told.DistinctBy(static one => one.Key).SelectMany(static one => one.Body.GetProperty("alerts").EnumerateArray())
            .ToLookup(static alert => alert.GetProperty("incident").GetString()!, static alert => alert.GetProperty("event").GetString()!);
        var rows = (await database.AlertsAsync(OutboxRow.Delivered, 100_000, default))
            .OrderBy(static row => row.Id).ToLookup(static row => row.Incident);
        foreach (var incident in rows)
            told[incident.Key].ShouldBe(incident.Select(static row => row.Event), incident.Key);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"receiver bad for {seconds} s: {rows.Sum(static one => one.Count())} messages of {rows.Count} incidents delivered, in order, "
            + $"{nodes.Told.Count - nodes.Told.DistinctBy(static one => one.Key).Count()} repeated with their key, "
            + $"at most {rows.SelectMany(static one => one).Max(static row => row.Attempts)} attempts");
    }
}
