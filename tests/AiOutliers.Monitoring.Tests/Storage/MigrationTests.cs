using AiOutliers.Detection;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Tests.Storage;

public sealed class MigrationTests(Databases databases) : IClassFixture<Databases>
{
    [Fact]
    public async Task Sqlite_IsCopiedToPostgres_WithItsIds_AndGoesOnThere()
    {
        await using var source = new Database(await databases.CreateAsync(Databases.Sqlite), TimeProvider.System);
        await using var target = new Database(await databases.CreateAsync(Databases.Postgres), TimeProvider.System);
        await FillAsync(source, "a \"name\" with\nlines, \0 and ünïcode");

        var counts = await new Migration(source, target, TimeProvider.System).RunAsync(default);

        counts.ShouldContain(("incidents", 2L));
        var moved = await new IncidentStore(target, TimeProvider.System).PageAsync(new(), default);
        var before = await new IncidentStore(source, TimeProvider.System).PageAsync(new(), default);
        moved.ShouldBe(before.Select(static one => one with { Entity = one.Entity.Replace('\0', '\uFFFD') }));
        var history = await new IncidentStore(target, TimeProvider.System).HistoryAsync("b", default);
        history.ShouldHaveSingleItem().Id.ShouldBe(2);
        await new IncidentStore(target, TimeProvider.System).CommentAsync("b", "goes on", new("somebody"), default);
        (await new IncidentStore(target, TimeProvider.System).HistoryAsync("b", default)).Count.ShouldBe(2);
        var again = await Should.ThrowAsync<AiOutliersException>(
            () => new Migration(source, target, TimeProvider.System).RunAsync(default));
        again.Message.ShouldContain("is not empty: it has rows in monitors");
    }

    [Fact]
    public async Task Sqlite_ThatAServiceWorksOn_IsNotCopied()
    {
        await using var source = new Database(await databases.CreateAsync(Databases.Sqlite), TimeProvider.System);
        await using var target = new Database(await databases.CreateAsync(Databases.Postgres), TimeProvider.System);
        await new Leases(source, TimeProvider.System).TryTakeAsync("monitor/edge", TimeSpan.FromMinutes(1), default);

        (await Should.ThrowAsync<AiOutliersException>(() => new Migration(source, target, TimeProvider.System).RunAsync(default)))
            .Message.ShouldContain("a service works on");
        (await Should.ThrowAsync<AiOutliersException>(() => new Migration(target, source, TimeProvider.System).RunAsync(default)))
            .Message.ShouldContain("from SQLite to PostgreSQL");
    }

    private static Task FillAsync(Database database, string entity) => database.WriteAsync(async transaction =>
    {
        foreach (var id in new[] { "a", "b" })
            await IncidentWriting.WriteAsync(transaction, new(
                new()
                {
                    Id = id,
                    Monitor = "edge",
                    Entity = entity,
                    EntityKey = "{}",
                    Metric = "bytes",
                    Kind = "spike",
                    Severity = 80.5,
                    Area = 1e300,
                },
                IsNew: true, IncidentEvent.Opened, "much"), 1);
        await transaction.Connection!.ExecuteAsync(
            "INSERT INTO monitors (name, revision, document, applied_at) VALUES ('edge', 1, '{}', 0)", transaction: transaction);
        return true;
    }, default);
}
