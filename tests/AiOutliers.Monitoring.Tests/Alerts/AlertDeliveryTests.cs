using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Storage;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Monitoring.Tests.Alerts;

public sealed class AlertDeliveryTests(Databases databases) : IClassFixture<Databases>, IAsyncDisposable
{
    private readonly ManualClock _clock = ManualClock.At("2026-03-02T10:00:00Z");
    private readonly AlertSenders _senders = new(TimeProvider.System);
    private Database _database = null!;
    private Catalog _catalog = null!;
    private MonitorDocument _monitor = null!;

    public static TheoryData<string> Kinds => Databases.Kinds;

    public async ValueTask DisposeAsync()
    {
        _senders.Dispose();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Webhook_IsToldOfBeginAndEnd_OnceEach_Signed(string kind)
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(kind, $"webhook: {{ url: '{receiver.Address}/hook', secret: topsecret }}");

        await ChangeAsync(Incident(), IncidentEvent.Opened, isNew: true);
        await ChangeAsync(Incident() with { Severity = 82 }, null);
        await DeliverAsync();
        await ChangeAsync(Incident() with { State = IncidentStates.Closed, ClosedAt = Now }, IncidentEvent.Closed);
        await DeliverAsync();

        receiver.Requests.Select(static one => Event(one.Body)).ShouldBe(["begin", "end"]);
        var (path, body, headers) = receiver.Requests.First();
        path.ShouldBe("/hook");
        headers["X-AiOutliers-Signature"].ShouldBe("sha256=" + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes("topsecret"), Encoding.UTF8.GetBytes(body))));
        var alert = JsonDocument.Parse(body).RootElement.GetProperty("alerts")[0];
        alert.GetProperty("entity").GetString().ShouldBe("sensor_name=edge \"one\"\n<b>");
        (alert.GetProperty("value").GetDouble(), alert.GetProperty("expected").GetDouble()).ShouldBe((100, 10));
        receiver.Requests.Select(static one => one.Headers["Idempotency-Key"]).Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(404, false)]
    [InlineData(302, false)]
    [InlineData(200, true)]
    public async Task Receiver_ThatFails_GetsItLaterWithTheSameKey_InOrder(int status, bool cutsOff)
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(Databases.Sqlite, $"webhook: {{ url: '{receiver.Address}/hook?token=s3cret' }}");
        (receiver.Status, receiver.CutsOff) = (status, cutsOff);
        await ChangeAsync(Incident(), IncidentEvent.Opened, isNew: true);
        await DeliverAsync();
        await ChangeAsync(Incident() with { State = IncidentStates.Closed, ClosedAt = Now }, IncidentEvent.Closed);
        for (var i = 0; i < 5; i++)
            await DeliverAsync();
        receiver.Requests.ShouldBeEmpty();
        var waiting = await new Outbox(_database, _clock).ListAsync(OutboxRow.Waiting, 10, default);
        waiting.Count.ShouldBe(2);
        waiting[^1].LastError!.ShouldNotContain("s3cret");
        (receiver.Status, receiver.CutsOff) = (200, false);

        for (var i = 0; i < 3; i++)
            await DeliverAsync();

        receiver.Requests.Select(static one => Event(one.Body)).ShouldBe(["begin", "end"]);
        receiver.Requests.First().Headers["Idempotency-Key"].ShouldBe(waiting[^1].IdempotencyKey);
    }

    [Fact]
    public async Task Receiver_ThatStaysDeadForADay_IsParkedWithTheReason()
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(Databases.Sqlite, $"webhook: {{ url: '{receiver.Address}' }}");
        receiver.Status = 503;
        await ChangeAsync(Incident(), IncidentEvent.Opened, isNew: true);
        var begin = _clock.Now;

        while (await Outbox.ListAsync(OutboxRow.Waiting, 10, default) is { Count: > 0 })
            await DeliverAsync(TimeSpan.FromMinutes(10));

        (_clock.Now - begin).TotalDays.ShouldBe(1, 0.05);
        var parked = (await Outbox.ListAsync(OutboxRow.Parked, 10, default)).ShouldHaveSingleItem();
        parked.LastError!.ShouldStartWith("the receiver answers 503");
    }

    /// <summary>By a clock that was days ahead, or after a node has slept for days.</summary>
    [Fact]
    public async Task Receiver_ThatFailsOnceAfterDays_IsTriedAgain()
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(Databases.Sqlite, $"webhook: {{ url: '{receiver.Address}' }}");
        receiver.Status = 503;
        await ChangeAsync(Incident(), IncidentEvent.Opened, isNew: true);
        await DeliverAsync(TimeSpan.FromDays(3));
        receiver.Status = 200;

        await DeliverAsync(TimeSpan.FromDays(-3));

        receiver.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Parked_IsSentAgain_OrGivenUp_AsSomebodyWishes(string kind)
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(kind, $"webhook: {{ url: '{receiver.Address}' }}");
        await ChangeAsync(Incident(), IncidentEvent.Opened, isNew: true);
        await ParkAsync();
        (await Outbox.CountsAsync(default))["noc"].ShouldBe((0, 1));
        await DeliverAsync();
        receiver.Requests.ShouldBeEmpty();

        (await Outbox.RetryAsync("other", new("me"), default), await Outbox.RetryAsync("noc", new("me"), default)).ShouldBe((0, 1));
        await DeliverAsync();
        receiver.Requests.ShouldHaveSingleItem();

        await ChangeAsync(Incident() with { State = IncidentStates.Closed, ClosedAt = Now }, IncidentEvent.Closed);
        await ParkAsync();
        (await Outbox.DropAsync("noc", new("me"), default)).ShouldBe(1);
        (await Outbox.ListAsync(null, 10, default)).ShouldHaveSingleItem().State.ShouldBe(OutboxRow.Delivered);
        (await new AuditTrail(_database, _clock).PageAsync(new() { Subject = "Contact/noc", Actor = "me" }, default))
            .Select(static row => (row.Action, row.AfterText)).ShouldBe([("drop", "1 alerts"), ("retry", "1 alerts")]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Monitor_ThatIsDeleted_ClosesItsIncidents_AndTellsTheEnd(string kind)
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(kind, $"webhook: {{ url: '{receiver.Address}' }}");
        await ChangeAsync(Incident(), IncidentEvent.Opened, isNew: true);
        await DeliverAsync();

        await _catalog.DeleteAsync("Monitor", "edge", new Actor("test"), default);
        await DeliverAsync();

        receiver.Requests.Select(static one => Event(one.Body)).ShouldBe(["begin", "end"]);
        var incidents = new IncidentStore(_database, _clock);
        var closed = (await incidents.PageAsync(new() { State = IncidentStates.Closed }, default)).ShouldHaveSingleItem();
        (await incidents.HistoryAsync(closed.Id, default))[^1].Detail.ShouldBe("its monitor was deleted");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Contact_ThatIsDeleted_TakesWhatItWasNotToldWithIt(string kind)
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(kind, $"webhook: {{ url: '{receiver.Address}' }}");
        await ChangeAsync(Incident(), IncidentEvent.Opened, isNew: true);
        await DeliverAsync();
        await ChangeAsync(Incident() with { State = IncidentStates.Closed, ClosedAt = Now }, IncidentEvent.Closed);
        var silent = _monitor.Canonical.Replace("\"alerts\":[\"noc\"]", "\"alerts\":[]");
        await _catalog.ApplyAsync(_catalog.Read(silent, "test"), new Actor("test"), default);

        await _catalog.DeleteAsync(ContactDocument.Kind, "noc", new Actor("test"), default);
        await DeliverAsync();

        receiver.Requests.ShouldHaveSingleItem();
        (await Outbox.ListAsync(null, 10, default)).ShouldHaveSingleItem().State.ShouldBe(OutboxRow.Delivered);
    }

    /// <summary>As another version may have written it.</summary>
    [Fact]
    public async Task Message_ThatCannotBeRead_IsNoted()
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(Databases.Sqlite, $"webhook: {{ url: '{receiver.Address}' }}");
        await ChangeAsync(Incident(), IncidentEvent.Opened, isNew: true);
        await _database.WriteAsync(static transaction => transaction.Connection!.ExecuteAsync(
            "UPDATE outbox SET message = '[]'", transaction: transaction), default);

        await DeliverAsync();

        var waiting = (await Outbox.ListAsync(OutboxRow.Waiting, 10, default)).ShouldHaveSingleItem();
        (waiting.Attempts, waiting.LastError).ShouldBe((1, "an unexpected failure (JsonException); the log has it"));
    }

    [Fact]
    public async Task Verdict_FalseAlarm_SilencesAnIncidentThatReopens()
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(Databases.Sqlite, $"webhook: {{ url: '{receiver.Address}' }}");

        await ChangeAsync(Incident() with { Verdict = IncidentStates.FalseAlarm }, IncidentEvent.Opened, isNew: true);
        await DeliverAsync();

        receiver.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Route_GroupsWhatItMatches_IntoOneMessage_AndRepeatsIt()
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(Databases.Sqlite, $"webhook: {{ url: '{receiver.Address}' }}", """
            apiVersion: aioutliers/v1
            kind: Route
            metadata: { name: all }
            spec: { match: { team: net }, minSeverity: 70, groupBy: [monitor], groupWait: 30s, repeat: 1h, contacts: [noc] }
            """, alerts: "[]");
        await ChangeAsync(Incident(), IncidentEvent.Opened, isNew: true);
        await ChangeAsync(Incident() with { Id = "b", EntityKey = "{}" }, IncidentEvent.Opened, isNew: true);
        await ChangeAsync(Incident() with { Id = "c", Severity = 60 }, IncidentEvent.Opened, isNew: true);
        await DeliverAsync(TimeSpan.Zero);
        receiver.Requests.ShouldBeEmpty();

        await DeliverAsync(TimeSpan.FromMinutes(1));
        JsonDocument.Parse(receiver.Requests.ShouldHaveSingleItem().Body).RootElement.GetProperty("alerts").GetArrayLength().ShouldBe(2);
        _clock.Now += TimeSpan.FromHours(2);
        await ChangeAsync(Incident(), null);
        await DeliverAsync();

        Event(receiver.Requests.Last().Body).ShouldBe("repeat");
    }

    [Fact]
    public async Task Template_ThatNeverEnds_IsReplacedByTheUsualWords()
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(
            Databases.Sqlite,
            $$$"""
            webhook: { url: '{{{receiver.Address}}}' }, template: "{% for i in (1..1000000) %}{% for j in (1..1000000) %}x{% endfor %}{% endfor %}"
            """);
        await ChangeAsync(Incident(), IncidentEvent.Opened, isNew: true);
        await DeliverAsync();

        JsonDocument.Parse(receiver.Requests.Single().Body).RootElement.GetProperty("text").GetString()!.ShouldStartWith("spike of bytes");
    }

    [Fact]
    public async Task Template_IsTheTextOfTheMessage()
    {
        await using var receiver = await Receiver.StartAsync();
        await StartAsync(
            Databases.Sqlite,
            $$$"""webhook: { url: '{{{receiver.Address}}}' }, template: "{% for a in alerts %}{{ a.metric }} {{ a.severity }} {{ a.entity | upcase }}{% endfor %}" """);
        await ChangeAsync(Incident(), IncidentEvent.Opened, isNew: true);
        await DeliverAsync();

        JsonDocument.Parse(receiver.Requests.Single().Body).RootElement.GetProperty("text").GetString()!.ShouldStartWith("bytes 80 SENSOR_NAME=EDGE");
    }

    private Outbox Outbox => new(_database, _clock);

    private Task<int> ParkAsync() => _database.WriteAsync(static transaction => transaction.Connection!.ExecuteAsync(
        "UPDATE outbox SET state = 'parked', attempts = 150 WHERE state = 'waiting'", transaction: transaction), default);

    private long Now => _clock.Now.ToUnixTimeMilliseconds();

    private async Task StartAsync(string kind, string contact, string route = "", string alerts = "[noc]")
    {
        _database = new(await databases.CreateAsync(kind), _clock);
        _catalog = new(_database, new EngineSettings(), _clock);
        var documents = _catalog.Read($$"""
            apiVersion: aioutliers/v1
            kind: Monitor
            metadata: { name: edge, labels: { team: net } }
            spec: { series: { dataSource: rb_flow, metrics: [bytes], granularity: PT5M }, schedule: every 5m, alerts: {{alerts}} }
            ---
            apiVersion: aioutliers/v1
            kind: Contact
            metadata: { name: noc }
            spec: { {{contact}} }
            ---
            {{route}}
            """, "test");
        _monitor = documents.Monitors[0];
        await _catalog.ApplyAsync(documents, new Actor("test"), default);
    }

    private Task ChangeAsync(StoredIncident incident, string? word, bool isNew = false) =>
        TestIncident.WriteAsync(_database, _monitor, new(incident, isNew, word), Now);

    /// <summary>Sends what is due after a while.</summary>
    private async Task DeliverAsync(TimeSpan? later = null)
    {
        _clock.Now += later ?? TimeSpan.FromMinutes(20);
        await new AlertDeliverer(
            new(_database, _clock), _catalog.Alerts, _senders, _clock, NullLoggerFactory.Instance.CreateLogger<AlertDeliverer>())
            .RunDueAsync(default);
    }

    private static string Event(string body) => JsonDocument.Parse(body).RootElement.GetProperty("alerts")[0].GetProperty("event").GetString()!;

    private static StoredIncident Incident() => TestIncident.Of("sensor_name", "edge \"one\"\n<b>");
}
