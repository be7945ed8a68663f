using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Alerts;
using AiOutliers.Monitoring.Tests.Storage;

namespace AiOutliers.Monitoring.Tests.Incidents;

public sealed class IncidentStoreTests(Databases databases) : IClassFixture<Databases>
{
    public static TheoryData<string> Kinds => Databases.Kinds;

    /// <summary>Somebody acknowledges what a run is about to write: neither change is lost.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Acknowledge_WhileARunChangesTheIncident_IsKept(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        var incident = TestIncident.Of("host", "a");
        await WriteAsync(database, new(incident, IsNew: true));
        var read = new TaskCompletionSource();
        var run = database.WriteAsync(async transaction =>
        {
            var known = (await IncidentWriting.OfMonitorAsync(transaction, "edge", 0)).ShouldHaveSingleItem();
            read.SetResult();
            // Who acknowledges has to wait; a second is time enough for who does not.
            await Task.Delay(TimeSpan.FromSeconds(1));
            await IncidentWriting.UpdateAsync(transaction, known with { EndedAt = 99_000_000 });
            return true;
        }, default);
        await read.Task;

        await new IncidentStore(database, TimeProvider.System).AcknowledgeAsync(incident.Id, null, new Actor("me"), default);
        await run;

        var found = (await new IncidentStore(database, TimeProvider.System).FindAsync(incident.Id, default))!;
        (found.State, found.EndedAt).ShouldBe((IncidentStates.Acknowledged, 99_000_000));
    }

    private static Task WriteAsync(Database database, IncidentChange change) => database.WriteAsync(async transaction =>
    {
        await IncidentWriting.WriteAsync(transaction, change, 0);
        return true;
    }, default);
}
