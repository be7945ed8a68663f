using System.Text.Json;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Monitoring.Tests.Alerts;

/// <summary>A receiver that is down, answers 500, or takes a message and cuts off; two nodes send to it.</summary>
public sealed class BadReceiverTests(Databases databases) : IClassFixture<Databases>
{
    private const int Incidents = 25;

    private readonly ManualClock _clock = ManualClock.At("2026-03-02T10:00:00Z");

    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Everything_IsDelivered_InOrderForEachIncident(string kind)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var database = new Database(await databases.CreateAsync(kind), _clock);
        var catalog = new Catalog(database, new EngineSettings(), _clock);
        var documents = catalog.Read(DocumentsFor(receiver.Address), "test");
        await catalog.ApplyAsync(documents, new Actor("test"), default);
        using var senders = new AlertSenders(TimeProvider.System);
        var outbox = new Outbox(database, _clock);
        var nodes = Enumerable.Range(0, 2).Select(_ =>
            new AlertDeliverer(outbox, catalog.Alerts, senders, _clock, NullLogger<AlertDeliverer>.Instance)).ToList();
        var random = new Random(1);
        foreach (var (at, word) in new[] { IncidentEvent.Opened, IncidentEvent.Grew, IncidentEvent.Closed }.Index())
        {
            for (var i = 0; i < Incidents; i++)
                await ChangeAsync(database, documents.Monitors[0], TestIncident.Of("host", $"h{i}"), word, at);
            (receiver.Status, receiver.CutsOff, receiver.CutsOffAfter) = (at == 0 ? 500 : 200, at == 1, at == 2);
            await Task.WhenAll(nodes.Select(static node => node.RunDueAsync(default)));
            _clock.Now += TimeSpan.FromMinutes(random.Next(1, 5));
        }

        receiver.CutsOffAfter = false;
        for (var i = 0; i < 8; i++)
        {
            _clock.Now += TimeSpan.FromMinutes(10);
            await Task.WhenAll(nodes.Select(static node => node.RunDueAsync(default)));
        }

        (await outbox.ListAsync(OutboxRow.Waiting, 100, default)).ShouldBeEmpty();
        var told = receiver.Requests.DistinctBy(static one => one.Headers["Idempotency-Key"])
            .SelectMany(static one => JsonElement.Parse(one.Body).GetProperty("alerts").EnumerateArray())
            .ToLookup(static alert => alert.GetProperty("incident").GetString()!, static alert => alert.GetProperty("event").GetString());
        told.Count.ShouldBe(Incidents);
        told.ShouldAllBe(static events => string.Join(' ', events) == "begin update end");
    }

    private Task ChangeAsync(Database database, MonitorDocument monitor, StoredIncident incident, string word, int at)
    {
        var now = _clock.Now.ToUnixTimeMilliseconds();
        var closed = word == IncidentEvent.Closed ? incident with { State = IncidentStates.Closed, ClosedAt = now } : incident;
        return TestIncident.WriteAsync(database, monitor, new(closed, at == 0, word), now);
    }

    /// <summary>What is due at the same time goes out in one message.</summary>
    private static string DocumentsFor(string address) => $$"""
        apiVersion: aioutliers/v1
        kind: Monitor
        metadata: { name: edge }
        spec: { series: { dataSource: rb_flow, metrics: [bytes], granularity: PT5M }, schedule: every 5m }
        ---
        apiVersion: aioutliers/v1
        kind: Contact
        metadata: { name: noc }
        spec: { webhook: { url: '{{address}}' } }
        ---
        apiVersion: aioutliers/v1
        kind: Route
        metadata: { name: all }
        spec: { groupBy: [monitor], contacts: [noc] }
        """;
}
