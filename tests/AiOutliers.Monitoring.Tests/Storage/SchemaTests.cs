using System.Data.Common;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Storage;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AiOutliers.Monitoring.Tests.Storage;

public sealed class SchemaTests(Databases databases) : IClassFixture<Databases>
{
    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Connect_ManyProgramsAtOnce_BringTheSchemaUpOnce(string kind)
    {
        var address = await databases.CreateAsync(kind);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var database = new Database(address, TimeProvider.System);
            await using var connection = await database.ConnectAsync(default);
        }));

        await using var one = new Database(address, TimeProvider.System);
        (await one.ReadAsync(static connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM schema_versions"), default))
            .ShouldBe(Schema.Newest);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Connect_SchemaOfANewerProgram_IsRefusedWithWords(string kind)
    {
        var address = await databases.CreateAsync(kind);
        await using (var database = new Database(address, TimeProvider.System))
            await database.WriteAsync(static transaction => transaction.Connection!.ExecuteAsync(
                "INSERT INTO schema_versions (number, name, applied_at) VALUES (99, 'of tomorrow', 0)", transaction: transaction), default);

        await using var later = new Database(address, TimeProvider.System);
        var error = await Should.ThrowAsync<AiOutliersException>(() => later.ConnectAsync(default));

        error.Kind.ShouldBe(ErrorKind.BadConfiguration);
        error.Message.ShouldContain("schema 99");
        error.Message.ShouldContain($"up to {Schema.Newest}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Connect_SchemaOfAnOlderProgram_IsBroughtUp_AndKeepsWhatItHas(string kind)
    {
        var address = await databases.CreateAsync(kind);
        await using (DbConnection connection = address.IsSqlite
            ? new SqliteConnection(address.ConnectionString) : new NpgsqlConnection(address.ConnectionString))
        {
            using var first = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream("0001_monitoring.sql")!);
            await connection.ExecuteAsync((await first.ReadToEndAsync()).Replace("$identity$", address.IsSqlite
                ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"));
            await connection.ExecuteAsync("""
                CREATE TABLE schema_versions (number BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL);
                INSERT INTO schema_versions (number, name, applied_at) VALUES (1, '0001_monitoring.sql', 0);
                INSERT INTO monitors (name, revision, document, applied_at) VALUES ('edge', 1, '{}', 0);
                INSERT INTO incidents (id, monitor, revision, entity, entity_key, metric, kind, alarms, state, severity, started_at, ended_at,
                    reason, opened_at, updated_at)
                VALUES ('a', 'edge', 1, 'host=Core', '{}', 'bytes', 'spike', 'sharp', 'open', 60, 0, 1, 'Five times as much', 0, 0),
                    ('b', 'edge', 1, 'host=Core', '{}', 'bytes', 'spike', 'sharp', 'open', 60, 0, 1, 'little', 0, 0);
                """);
        }

        await using var later = new Database(address, TimeProvider.System);
        (await later.ReadAsync(static connection => connection.QueryAsync<long?>("SELECT rows_counted FROM runs"), default))
            .ShouldBeEmpty();

        later.SchemaBefore.ShouldBe(1);
        var incidents = new IncidentStore(later, TimeProvider.System);
        foreach (var (text, found) in new[] { ("core", 2), ("five times", 1), ("core bytes", 2), ("none of them", 0) })
            (await incidents.PageAsync(new() { Text = text }, default)).Count.ShouldBe(found, text);
        (await later.ReadAsync(static connection => connection.ExecuteScalarAsync<string>("SELECT name FROM monitors"), default))
            .ShouldBe("edge");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Write_Failure_LeavesNothingBehind(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);

        await Should.ThrowAsync<InvalidOperationException>(() => database.WriteAsync<int>(async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(
                "INSERT INTO leases (name, owner, until_at) VALUES ('a', 'b', 1)", transaction: transaction);
            throw new InvalidOperationException();
        }, default));

        (await database.ReadAsync(static connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM leases"), default)).ShouldBe(0);
    }

    [Fact]
    public async Task Sqlite_FolderThatCannotBeWritten_IsAFailureThatNamesTheFile()
    {
        await using var database = new Database(DatabaseAddress.Parse("sqlite:/proc/nowhere/x.db"), TimeProvider.System);

        var error = await Should.ThrowAsync<AiOutliersException>(() => database.ReadAsync(static _ => Task.FromResult(1), default));

        error.Message.ShouldContain("SQLite /proc/nowhere/x.db");
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("Host=;Password=secret")]
    [InlineData("Password=secret")]
    [InlineData("sqlite:")]
    public void Address_ThatIsNeither_IsRefusedWithoutItsText(string text) =>
        Should.Throw<AiOutliersException>(() => DatabaseAddress.Parse(text)).Message.ShouldNotContain("secret");

    [Fact]
    public void Address_OfPostgres_ShowsNoPassword() =>
        DatabaseAddress.Parse("Host=db;Database=a;Username=u;Password=secret").ToString().ShouldBe("PostgreSQL db:5432/a");
}
