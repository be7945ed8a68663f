using AiOutliers.Engine;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring.Tests.Storage;

public sealed class AuditTrailTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly Actor Ana = new("ana", "10.0.0.1"), Bea = new("bea", "10.0.0.2");

    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Page_IsTheNewestFirst_AndLeadsToTheNext(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var audit = new AuditTrail(database, TimeProvider.System);
        foreach (var subject in new[] { "Key/a", "Key/b_1", "Key/bx1", "Keys/c" })
            await audit.WriteAsync(subject == "Key/a" ? Ana : Bea, "add", subject, default, "viewer");

        var first = await audit.PageAsync(new() { Limit = 3 }, default);
        var second = await audit.PageAsync(new() { Limit = 3, Before = first[^1].Id }, default);

        first.Select(static row => row.Subject).ShouldBe(["Keys/c", "Key/bx1", "Key/b_1"]);
        second.ShouldHaveSingleItem().ShouldBe(second[0] with
        {
            Actor = "ana",
            Address = "10.0.0.1",
            Action = "add",
            Subject = "Key/a",
            AfterText = "viewer",
        });
        (await SubjectsAsync(audit, new() { Actor = "ana" })).ShouldBe("Key/a");
        (await SubjectsAsync(audit, new() { Subject = "Key" })).ShouldBe("Key/bx1 Key/b_1 Key/a");
        (await SubjectsAsync(audit, new() { Subject = "Key/b_1" })).ShouldBe("Key/b_1");
        (await SubjectsAsync(audit, new() { From = first[0].At + 1 })).ShouldBe("");
        (await SubjectsAsync(audit, new() { From = second[0].At, To = first[0].At + 1 })).ShouldBe("Keys/c Key/bx1 Key/b_1 Key/a");
    }

    [Fact]
    public async Task Page_OfADatabaseThatIsNotThere_IsEmptyAndMakesNone()
    {
        await using var database = new Database(await databases.CreateAsync(Databases.Sqlite), TimeProvider.System);

        (await new AuditTrail(database, TimeProvider.System).PageAsync(new(), default)).ShouldBeEmpty();

        database.MayExist.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Page_OfAChangedDocument_HasItBeforeAndAfter(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var catalog = new Catalog(database, new EngineSettings(), TimeProvider.System);
        const string Monitor = """
            { "apiVersion": "aioutliers/v1", "kind": "Monitor", "metadata": { "name": "edge" }, "spec": { "minSeverity": 50,
              "schedule": "every 5m", "series": { "dataSource": "rb_flow", "metrics": ["bytes"], "granularity": "PT5M" } } }
            """;
        await catalog.ApplyAsync(catalog.Read(Monitor, "test"), Ana, default);
        await catalog.ApplyAsync(catalog.Read(Monitor.Replace("50", "60"), "test"), Bea, default);

        var change = (await new AuditTrail(database, TimeProvider.System).PageAsync(new() { Limit = 1 }, default)).ShouldHaveSingleItem();

        (change.Actor, change.Action, change.Subject).ShouldBe(("bea", "apply", "Monitor/edge"));
        change.BeforeText.ShouldNotBeNull().ShouldContain("50");
        change.AfterText.ShouldNotBeNull().ShouldContain("60");
    }

    private static async Task<string> SubjectsAsync(AuditTrail audit, AuditQuery query) =>
        string.Join(' ', (await audit.PageAsync(query, default)).Select(static row => row.Subject));
}
