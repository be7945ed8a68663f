using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Tests.Storage;

public sealed class CatalogTests(Databases databases) : IClassFixture<Databases>
{
    private const string Monitor = """
        apiVersion: aioutliers/v1
        kind: Monitor
        metadata: { name: edge }
        spec: { series: { dataSource: rb_flow, metrics: [bytes], granularity: PT5M }, schedule: every 5m, minSeverity: 50 }
        """;

    private const string Contact = """
        apiVersion: aioutliers/v1
        kind: Contact
        metadata: { name: noc }
        spec: { webhook: { url: "http://hook/?token=s3cret", secret: alsoS3cret } }
        """;

    private static readonly Actor Somebody = new("somebody", "10.0.0.1");

    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Apply_CountsRevisions_AndWritesTheAudit(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var catalog = new Catalog(database, new EngineSettings(), TimeProvider.System);

        (await ApplyAsync(catalog, Monitor)).Word.ShouldBe("created");
        (await ApplyAsync(catalog, Monitor)).Word.ShouldBe("unchanged");
        var changed = await ApplyAsync(catalog, Monitor.Replace("minSeverity: 50", "minSeverity: 60"));

        (changed.Word, changed.Revision).ShouldBe(("changed", 2));
        changed.Differences.ShouldBe(["spec.minSeverity: 50 → 60"]);
        (await catalog.Monitors.FindAsync("edge", default))!.Revision.ShouldBe(2);
        (await database.ReadAsync(static connection => connection.QueryAsync<string>("SELECT actor FROM audit"), default))
            .ShouldBe(["somebody", "somebody"]);
    }

    [Fact]
    public async Task MissingContacts_AreThoseThatNoDocumentHas()
    {
        await using var database = new Database(await databases.CreateAsync(Databases.Sqlite), TimeProvider.System);
        var catalog = new Catalog(database, new EngineSettings(), TimeProvider.System);
        await ApplyAsync(catalog, Contact);
        var other = Contact.Replace("name: noc", "name: new");
        const string Route = "apiVersion: aioutliers/v1\nkind: Route\nmetadata: { name: night }\nspec: { contacts: [nco, new] }";

        var documents = catalog.Read(
            string.Join("\n---\n", Monitor.Replace("minSeverity: 50", "alerts: [noc, ops]"), other, Route), "test");

        (await catalog.MissingContactsAsync(documents, default)).ShouldBe([("Monitor/edge", "ops"), ("Route/night", "nco")]);
    }

    [Fact]
    public async Task Plan_WritesNothing_NotEvenTheFile()
    {
        await using var database = new Database(await databases.CreateAsync(Databases.Sqlite), TimeProvider.System);
        var catalog = new Catalog(database, new EngineSettings(), TimeProvider.System);

        (await catalog.PlanAsync(catalog.Read(Monitor, "test"), default)).ShouldHaveSingleItem().Word.ShouldBe("created");

        database.MayExist.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Apply_ByManyAtOnce_GivesEachARevision(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var catalog = new Catalog(database, new EngineSettings(), TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(at => catalog.ApplyAsync(
            catalog.Read(Monitor.Replace("minSeverity: 50", $"minSeverity: {at}"), "test"), Somebody, default)));

        (await catalog.Monitors.FindAsync("edge", default))!.Revision.ShouldBe(8);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Export_HidesSecrets_AndKeepsThemWhenItIsAppliedAgain(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var catalog = new Catalog(database, new EngineSettings(), TimeProvider.System);
        await ApplyAsync(catalog, Monitor);
        await ApplyAsync(catalog, Contact);

        var export = await catalog.ExportAsync(default);
        await catalog.ApplyAsync(catalog.Read(export, "export"), Somebody, default);

        export.ShouldNotContain("3cret", Case.Insensitive);
        export.ShouldContain("name: edge");
        (await catalog.Alerts.ListAsync(default)).Contacts[0].Values["url"].ShouldBe("http://hook/?token=s3cret");
        var audit = await database.ReadAsync(static connection => connection.QueryAsync<string>("SELECT after_text FROM audit"), default);
        string.Concat(audit).ShouldNotContain("3cret", Case.Insensitive);
    }

    [Fact]
    public async Task Delete_OfAMonitorThatComesBack_BeginsAnew()
    {
        await using var database = new Database(await databases.CreateAsync(Databases.Sqlite), TimeProvider.System);
        var catalog = new Catalog(database, new EngineSettings(), TimeProvider.System);
        await ApplyAsync(catalog, Monitor);

        await catalog.DeleteAsync(MonitorReader.Kind, "edge", Somebody, default);
        (await catalog.Monitors.ListAsync(default)).ShouldBeEmpty();
        (await ApplyAsync(catalog, Monitor)).Revision.ShouldBe(2);
        await Should.ThrowAsync<AiOutliersException>(() => catalog.DeleteAsync(ContactDocument.Kind, "edge", Somebody, default));
    }

    /// <summary>Else they would tell nobody, and nobody would notice.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Delete_OfAContactThatOthersName_IsRefusedWithTheirNames(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var catalog = new Catalog(database, new EngineSettings(), TimeProvider.System);
        await ApplyAsync(catalog, Contact);
        await ApplyAsync(catalog, Monitor.Replace("minSeverity: 50", "alerts: noc"));
        await ApplyAsync(catalog, "apiVersion: aioutliers/v1\nkind: Route\nmetadata: { name: night }\nspec: { contacts: [ops, noc] }");

        var refused = await Should.ThrowAsync<AiOutliersException>(() => catalog.DeleteAsync(ContactDocument.Kind, "noc", Somebody, default));

        refused.Kind.ShouldBe(ErrorKind.InUse);
        refused.Message.ShouldContain("'noc' is named by Monitor/edge, Route/night:");
        (await catalog.Alerts.ListAsync(default)).Contacts.ShouldHaveSingleItem();
        await catalog.DeleteAsync(MonitorReader.Kind, "edge", Somebody, default);
        await catalog.DeleteAsync(RouteDocument.Kind, "night", Somebody, default);
        (await catalog.DeleteAsync(ContactDocument.Kind, "noc", Somebody, default)).ShouldBeTrue();
    }

    private static async Task<DocumentChange> ApplyAsync(Catalog catalog, string text) =>
        (await catalog.ApplyAsync(catalog.Read(text, "test"), Somebody, default)).ShouldHaveSingleItem();
}
