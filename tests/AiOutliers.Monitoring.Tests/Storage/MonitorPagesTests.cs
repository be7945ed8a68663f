using AiOutliers.Engine;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Tests.Storage;

/// <summary>Lists of documents come in parts, on both databases in the same order.</summary>
public sealed class MonitorPagesTests(Databases databases) : IClassFixture<Databases>
{
    private const string Monitor = """
        apiVersion: aioutliers/v1
        kind: Monitor
        metadata: { name: NAME }
        spec: { series: { dataSource: rb_flow, metrics: [bytes], granularity: PT5M }, schedule: every 5m }
        """;

    private const string Told = """
        apiVersion: aioutliers/v1
        kind: Contact
        metadata: { name: noc }
        spec: { webhook: { url: "http://hook/?token=s3cret" } }
        ---
        apiVersion: aioutliers/v1
        kind: Contact
        metadata: { name: ops }
        spec: { webhook: { url: "http://hook/" } }
        ---
        apiVersion: aioutliers/v1
        kind: Route
        metadata: { name: nights }
        spec: { contacts: [noc] }
        """;

    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Monitors_ThatNeedSomebody_ComeFirst(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var store = await FilledAsync(database, "a-well", "b-found", "c-ill", "d-silent", "e-was-ill");

        var asked = new MonitorFilterQuery { IllFirst = true };
        var (first, second) = (await store.PageAsync(asked with { Limit = 3 }, default), await store.PageAsync(asked with { Skip = 3 }, default));

        Names(first).ShouldBe(["c-ill", "d-silent", "b-found"]);
        Names(second).ShouldBe(["a-well", "e-was-ill"]);
        first[2].OpenIncidents.ShouldBe(1);
        first[0].LastReason.ShouldBe("why");
        var health = await store.HealthAsync(default);
        health.All.ShouldBe(5);
        health.Ill.ShouldBe(["c-ill", "d-silent"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Monitors_ByName_GoOnBehindTheLast(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var store = await FilledAsync(database, "a-well", "b-found", "c-ill");

        Names(await store.PageAsync(new() { Limit = 2 }, default)).ShouldBe(["a-well", "b-found"]);
        Names(await store.PageAsync(new() { After = "b-found" }, default)).ShouldBe(["c-ill"]);
        Names(await store.PageAsync(new() { Text = "ILL" }, default)).ShouldBe(["c-ill"]);
        (await store.CountAsync(new() { Text = "-" }, default)).ShouldBe(3);
        Names(await store.PageAsync(new() { Text = "%" }, default)).ShouldBeEmpty();
        Names(await store.PageAsync(new() { Text = "\0", After = "\0" }, default)).ShouldBeEmpty();
    }

    /// <summary>Ten thousand documents are not read each second.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Look_OfAScheduler_HasNoDocumentAndAsksForLastRunsByName(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var store = await FilledAsync(database, "a-well", "c-ill", "f-skipped");

        var monitors = await store.LookAsync(default);

        Names(monitors).ShouldBe(["a-well", "c-ill", "f-skipped"]);
        monitors.ShouldAllBe(static one => one.Document == "" && one.Revision == 1 && one.LastState == null);
        monitors.Select(static one => one.HasSkipped).ShouldBe([false, false, true]);
        (await store.LastRunsAsync(["a-well", "c-ill"], default)).ShouldHaveSingleItem().ShouldBe(new("c-ill", ("failed", 2)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Documents_OneAfterTheOther_AreContactsThenRoutes(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var catalog = new Catalog(database, new EngineSettings(), TimeProvider.System);
        await catalog.ApplyAsync(catalog.Read(Told, "test"), new("somebody", ""), default);

        var first = await catalog.Alerts.PageAsync(new() { Limit = 1 }, default);
        var rest = await catalog.Alerts.PageAsync(new() { Limit = 2, After = first.Next }, default);
        var end = await catalog.Alerts.PageAsync(new() { Limit = 2, After = rest.Next }, default);

        first.Contacts.Select(static one => one.Name).ShouldBe(["noc"]);
        (rest.Contacts[0].Name, rest.Routes[0].Name).ShouldBe(("ops", "nights"));
        (end.Contacts.Count, end.Routes.Count, end.Next).ShouldBe((0, 0, null));
        (await catalog.Alerts.CountAsync(new() { Kind = ContactDocument.Kind, Text = "O" }, default)).ShouldBe(2);
        (await catalog.Alerts.FindAsync(ContactDocument.Kind, "noc", default))!.ToJsonString().ShouldNotContain("s3cret");
        (await catalog.Alerts.FindAsync(ContactDocument.Kind, "nights", default)).ShouldBeNull();
        (await catalog.Alerts.FindAsync(RouteDocument.Kind, "nights", default)).ShouldNotBeNull();
    }

    private static IEnumerable<string> Names(IEnumerable<StoredMonitor> monitors) => monitors.Select(static one => one.Name);

    /// <summary>The names say how each is.</summary>
    private static async Task<MonitorStore> FilledAsync(Database database, params string[] names)
    {
        var catalog = new Catalog(database, new EngineSettings(), TimeProvider.System);
        foreach (var name in names)
            await catalog.ApplyAsync(catalog.Read(Monitor.Replace("NAME", name), "test"), new("somebody", ""), default);
        await database.WriteAsync(async transaction =>
        {
            const string Run = """
                INSERT INTO runs (monitor, revision, window_from, window_to, attempt, state, reason, rows_read, judged, incidents,
                    source_milliseconds, judging_milliseconds, finished_at)
                VALUES (@name, 1, @to, @to, 1, @state, 'why', 0, 0, 0, 0, 0, @to)
                """;
            foreach (var (name, to, state) in new[]
            {
                ("c-ill", 1L, "done"), ("c-ill", 2, "failed"), ("d-silent", 2, "no-data"), ("e-was-ill", 1, "failed"), ("e-was-ill", 2, "done"),
                ("f-skipped", 1, "skipped"),
            })
                await transaction.Connection!.ExecuteAsync(Run, new { name, to, state }, transaction);
            const string Incident = """
                INSERT INTO incidents (id, monitor, revision, entity, entity_key, metric, kind, alarms, state, severity, started_at, ended_at,
                    reason, opened_at, updated_at, closed_at)
                VALUES (@id, 'b-found', 1, '', '{}', 'bytes', 'spike', '', @state, 90, 1, 2, '', 1, 1, @closed)
                """;
            foreach (var (id, state, closed) in new[] { ("1", "open", (long?)null), ("2", "closed", 2) })
                await transaction.Connection!.ExecuteAsync(Incident, new { id, state, closed }, transaction);
            return true;
        }, default);
        return catalog.Monitors;
    }
}
