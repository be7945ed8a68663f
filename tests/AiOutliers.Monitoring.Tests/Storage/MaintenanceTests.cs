using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Runs;
using Dapper;

namespace AiOutliers.Monitoring.Tests.Storage;

public sealed class MaintenanceTests(Databases databases) : IClassFixture<Databases>
{
    private const long Day = 86_400_000;

    private readonly ManualClock _clock = ManualClock.At("2026-03-02T00:00:00Z");

    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DeleteOld_TakesWhatIsClosedAndTold_AndLeavesTheRest(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), _clock);
        await AddAsync(database, "old", closedDaysAgo: 11, entity: "host=old");
        await AddAsync(database, "young", closedDaysAgo: 9);
        await AddAsync(database, "open", null);
        for (var at = 0; at < 6000; at += 3000)
            await AddManyRunsAsync(database, at);

        var count = await new Maintenance(database, _clock).DeleteOldAsync(TimeSpan.FromDays(10), default);

        count.ShouldBe(6003);
        (await database.ReadAsync(static connection => connection.QueryAsync<string>("SELECT entity FROM incident_series"), default))
            .ShouldBe([""]);
        (await new IncidentStore(database, _clock).PageAsync(new(), default)).Select(static one => one.Id).Order()
            .ShouldBe(["open", "young"]);
        (await new IncidentStore(database, _clock).HistoryAsync("old", default)).ShouldBeEmpty();
        (await database.ReadAsync(static connection => connection.QueryAsync<string>("SELECT state FROM outbox"), default))
            .ShouldBe(["waiting"]);
    }

    [Fact]
    public async Task Backup_IsWholeAndCanBeOpened()
    {
        await using var database = new Database(await databases.CreateAsync(Databases.Sqlite), _clock);
        await AddAsync(database, "one", null);
        var copy = $"{database.Address.File}.copy";

        await new Maintenance(database, _clock).BackupAsync(copy, default);

        await using var other = new Database(DatabaseAddress.Parse($"sqlite:{copy}"), _clock);
        (await new IncidentStore(other, _clock).PageAsync(new(), default)).ShouldHaveSingleItem().Id.ShouldBe("one");
        await Should.ThrowAsync<Detection.AiOutliersException>(() => new Maintenance(database, _clock).BackupAsync(copy, default));
    }

    [Fact]
    public async Task Backup_ThatFails_LeavesNoFile()
    {
        await using var database = new Database(await databases.CreateAsync(Databases.Sqlite), _clock);
        await AddAsync(database, "one", null);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(database.Address.File!, new string('x', 8192));
        var copy = $"{database.Address.File}.copy";

        var error = await Should.ThrowAsync<Detection.AiOutliersException>(
            () => new Maintenance(database, _clock).BackupAsync(copy, default));

        error.Message.ShouldContain(copy);
        Directory.GetFiles(Path.GetDirectoryName(copy)!, Path.GetFileName(copy) + "*").ShouldBeEmpty();
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Backup_IsReadByNobodyElseThanTheDatabase()
    {
        await using var database = new Database(await databases.CreateAsync(Databases.Sqlite), _clock);
        await AddAsync(database, "one", null);
        File.SetUnixFileMode(database.Address.File!, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var copy = $"{database.Address.File}.copy";

        await new Maintenance(database, _clock).BackupAsync(copy, default);

        File.GetUnixFileMode(copy).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Its first incident for a long time is being written when the series is found to have none.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DeleteOld_WhileASeriesGetsAnIncident_LeavesBoth(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), _clock);
        await AddAsync(database, "old", closedDaysAgo: 11, entity: "host=a");
        var documents = new Catalog(database, new(), _clock).Read(SampleMonitor.Document, "test");
        var saving = new WindowSaving(database, new(new(), null!), null, _clock);
        var written = new TaskCompletionSource();
        var writing = database.WriteAsync(async transaction =>
        {
            await saving.WriteAsync(
                transaction, new(new(), documents.Monitors[0], new(0, 1)),
                [new(new() { Id = "new", Monitor = "edge", Entity = "host=a", EntityKey = "{}" }, IsNew: true)], tells: false, Now);
            written.SetResult();
            await Task.Delay(TimeSpan.FromSeconds(1));
            return true;
        }, default);
        await written.Task;

        await new Maintenance(database, _clock).DeleteOldAsync(TimeSpan.FromDays(10), default);
        await writing;

        (await new IncidentStore(database, _clock).PageAsync(new() { Text = "host=a" }, default)).ShouldHaveSingleItem().Id.ShouldBe("new");
    }

    private long Now => _clock.Now.ToUnixTimeMilliseconds();

    private Task AddAsync(Database database, string id, int? closedDaysAgo, string entity = "") => database.WriteAsync(async transaction =>
    {
        await IncidentWriting.WriteAsync(transaction, new(
            new() { Id = id, Monitor = "edge", Entity = entity, EntityKey = "{}", ClosedAt = Now - closedDaysAgo * Day }, IsNew: true, IncidentEvent.Opened),
            1);
        if (id != "young")
            await transaction.Connection!.ExecuteAsync("""
                INSERT INTO outbox (idempotency_key, contact, incident, event, group_key, message, state, attempts, created_at, due_at)
                VALUES (@id, 'noc', @id, 'begin', '', '{}', @state, 0, 0, 0)
                """, new { id, state = id == "open" ? "waiting" : "delivered" }, transaction);
        return true;
    }, default);

    private static Task AddManyRunsAsync(Database database, int from) => database.WriteAsync(async transaction =>
    {
        await transaction.Connection!.ExecuteAsync("""
            INSERT INTO runs (monitor, revision, window_from, window_to, attempt, state, rows_read, judged, incidents, source_milliseconds,
                judging_milliseconds, finished_at) VALUES ('edge', 1, @at, @at, 1, 'done', 0, 0, 0, 0, 0, 0)
            """, Enumerable.Range(from, 3000).Select(static at => new { at = (long)at }), transaction);
        return true;
    }, default);
}
