using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Runs;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Monitoring.Tests.Storage;

public sealed class DatabaseWatchTests(Databases databases) : IClassFixture<Databases>
{
    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Database_ThatAnswers_IsUp(string kind) =>
        (await LookAsync(await databases.CreateAsync(kind), static runtime => SampleMonitor.ApplyAsync(runtime, SampleMonitor.Document)))
            .ShouldBe(true);

    [Fact]
    public async Task Database_ThatIsNotThere_IsDown() =>
        (await LookAsync(DatabaseAddress.Parse("Host=127.0.0.1;Port=1;Database=d;Timeout=1"), static _ => Task.CompletedTask))
            .ShouldBe(false);

    [Fact]
    public async Task Database_ThatHoldsNothingYet_IsNeither() =>
        (await LookAsync(await databases.CreateAsync(Databases.Sqlite), static _ => Task.CompletedTask)).ShouldBeNull();

    /// <summary>As on a disk that is full: what can be read says nothing of it.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Database_ThatTakesNoWrites_IsDownUntilOneWorks(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var watch = new DatabaseWatch(database, new(database, TimeProvider.System), keep: default, TimeProvider.System);
        var leases = new Leases(database, TimeProvider.System);
        await leases.TryTakeAsync("a", TimeSpan.Zero, default);
        await watch.LookAsync(1, NullLogger.Instance, default);
        watch.IsUp.ShouldBe(true);

        await database.ReadAsync(static one => one.ExecuteAsync("ALTER TABLE leases RENAME TO elsewhere"), default);
        await Should.ThrowAsync<AiOutliersException>(() => leases.TryTakeAsync("b", TimeSpan.Zero, default));
        watch.IsUp.ShouldBe(false);
        database.WriteFailure!.ShouldContain("failed: ");
        await Should.ThrowAsync<AiOutliersException>(() => watch.LookAsync(1, NullLogger.Instance, default));
        // A transaction that only reads has written nothing.
        await database.WriteAsync(
            static transaction => transaction.Connection!.QueryAsync("SELECT * FROM runs", transaction: transaction), default);
        watch.IsUp.ShouldBe(false);

        await database.ReadAsync(static one => one.ExecuteAsync("ALTER TABLE elsewhere RENAME TO leases"), default);
        await watch.LookAsync(1, NullLogger.Instance, default);
        watch.IsUp.ShouldBe(true);
    }

    private static async Task<bool?> LookAsync(DatabaseAddress address, Func<MonitoringRuntime, Task> before)
    {
        await using var runtime = new MonitoringRuntime(new() { Database = address }, new EngineSettings(), TimeProvider.System);
        await before(runtime);
        using var stop = new CancellationTokenSource();
        var watching = runtime.RunRetentionAsync(NullLoggerFactory.Instance, stop.Token);
        for (var i = 0; i < 100 && runtime.IsDatabaseUp is null; i++)
            await Task.Delay(20);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => watching);
        return runtime.IsDatabaseUp;
    }
}
