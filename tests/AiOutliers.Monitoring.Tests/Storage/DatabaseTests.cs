using AiOutliers.Detection;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Tests.Storage;

public sealed class DatabaseTests(Databases databases) : IClassFixture<Databases>
{
    /// <summary>A file that could not be written when a connection was opened, and can be now.</summary>
    [Fact]
    public async Task Write_AfterAFailure_UsesAnotherConnection()
    {
        await using var database = new Database(await databases.CreateAsync(Databases.Sqlite), TimeProvider.System);
        await database.ReadAsync(static connection => connection.ExecuteAsync("PRAGMA query_only = ON"), default);

        (await Should.ThrowAsync<AiOutliersException>(() => AddAsync(database))).Message.ShouldContain("readonly");

        (await AddAsync(database)).ShouldBe(1);
    }

    [Fact]
    public async Task Write_ToAFileThatWasRemoved_IsSaidOnce_AndBeginsAnew()
    {
        var address = await databases.CreateAsync(Databases.Sqlite);
        await using var database = new Database(address, TimeProvider.System);
        await AddAsync(database);
        foreach (var end in new[] { "", "-wal", "-shm" })
            File.Delete(address.File + end);

        database.MayExist.ShouldBeTrue();
        (await Should.ThrowAsync<AiOutliersException>(() => AddAsync(database))).Message.ShouldContain("was removed while it was used");
        database.MayExist.ShouldBeFalse();

        await AddAsync(database);
        await using var other = new Database(address, TimeProvider.System);
        (await other.ReadAsync(static connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM leases"), default)).ShouldBe(1);
    }

    private static Task<int> AddAsync(Database database) => database.WriteAsync(
        static transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO leases (name, owner, until_at) VALUES ('a', 'b', 1)", transaction: transaction), default);
}
