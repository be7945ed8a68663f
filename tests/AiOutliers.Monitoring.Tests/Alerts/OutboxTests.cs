using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Tests.Alerts;

public sealed class OutboxTests(Databases databases) : IClassFixture<Databases>, IAsyncDisposable
{
    private readonly ManualClock _clock = ManualClock.At("2026-03-02T10:00:00Z");
    private Database _database = null!;
    private Outbox _outbox = null!;

    public static TheoryData<string> Kinds => Databases.Kinds;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>The end of x must not travel with the begin of y while the begin of x is not taken.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Claim_ForAGroup_TakesNothingWhoseBeginWaits(string kind)
    {
        await StartAsync(kind);
        await AddAsync("x", "begin");
        await _outbox.FailedAsync(await ClaimAsync(), "500", default);
        await AddAsync("x", "end");
        await AddAsync("y", "begin");

        (await ClaimAsync()).Select(static row => (row.Incident, row.Event)).ShouldBe([("y", "begin")]);
        (await ClaimAsync()).ShouldBeEmpty();
        _clock.Now += TimeSpan.FromMinutes(1);

        (await ClaimAsync()).Select(static row => (row.Incident, row.Event)).ShouldBe([("x", "begin")]);
    }

    /// <summary>What an old incident told is not lost behind what others told since.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task List_OfAnIncident_HasItsAlertsOnly(string kind)
    {
        await StartAsync(kind);
        await AddAsync("x", "begin");
        for (var i = 0; i < 5; i++)
            await AddAsync($"y{i}", "begin");

        (await _outbox.ListOfAsync("x", 2, default)).ShouldHaveSingleItem().Incident.ShouldBe("x");
        (await _outbox.ListOfAsync("z", 2, default)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Claim_OfManyNodesAtOnce_GivesEachRowOnce(string kind)
    {
        await StartAsync(kind);
        for (var i = 0; i < 40; i++)
            await AddAsync($"i{i}", "begin", $"g{i % 7}");

        var claimed = new System.Collections.Concurrent.ConcurrentBag<IReadOnlyList<OutboxRow>>();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            while (await ClaimAsync() is { Count: > 0 } batch)
                claimed.Add(batch);
        }));

        claimed.SelectMany(static batch => batch).Select(static row => row.Incident).Distinct().Count().ShouldBe(40);
        claimed.Sum(static batch => batch.Count).ShouldBe(40);
        claimed.Select(static batch => batch[0].Batch).Distinct().Count().ShouldBe(claimed.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Claim_OfADeadNode_IsAnothersAfterAWhile_WithTheSameKey(string kind)
    {
        await StartAsync(kind);
        await AddAsync("x", "begin");
        await AddAsync("y", "begin");
        var dead = await ClaimAsync();
        await AddAsync("z", "begin");
        (await ClaimAsync()).ShouldHaveSingleItem().Incident.ShouldBe("z");
        _clock.Now += TimeSpan.FromSeconds(31);

        var again = await ClaimAsync();

        again.Select(static row => row.Incident).ShouldBe(["x", "y"]);
        again.Select(static row => row.Batch).Distinct().ShouldBe([dead[0].Batch]);
    }

    /// <summary>A node that slept while it sent, and whose claim another has taken over and sent.</summary>
    [Fact]
    public async Task Failed_AfterAnotherHasDelivered_ChangesNothing()
    {
        await StartAsync(Databases.Sqlite);
        await AddAsync("x", "begin");
        var asleep = await ClaimAsync();
        _clock.Now += TimeSpan.FromMinutes(5);
        await _outbox.DeliveredAsync(await ClaimAsync(), default);

        await _outbox.FailedAsync(asleep, "cut off", default);

        (await _outbox.ListAsync(null, 10, default)).ShouldHaveSingleItem().State.ShouldBe(OutboxRow.Delivered);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Claim_WhileAContactIsBusy_TakesWhatIsForOthers_HoweverMuchWaits(string kind)
    {
        await StartAsync(kind);
        for (var i = 0; i < 150; i++)
            await AddAsync($"i{i}", "begin", $"g{i}", "dead");
        await AddAsync("x", "begin");

        (await _outbox.ClaimAsync(["dead"], default)).ShouldHaveSingleItem().Contact.ShouldBe("noc");
        (await _outbox.ClaimAsync(["dead", "noc"], default)).ShouldBeEmpty();
    }

    /// <summary>A node whose clock was a day ahead claimed one row, failed with another, wrote a third, and ended.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Claim_AfterAClockThatWasAhead_WaitsForNothingOfIt(string kind)
    {
        await StartAsync(kind);
        await AddAsync("claimed", "begin", "a", "one");
        await AddAsync("failed", "begin", "b", "two");
        _clock.Now += TimeSpan.FromHours(23);
        await ClaimAsync();
        await _outbox.FailedAsync(await ClaimAsync(), "500", default);
        await AddAsync("written", "begin", "c", "three");
        _clock.Now -= TimeSpan.FromHours(23);

        var claimed = new List<string>();
        while (await ClaimAsync() is [var row, ..])
            claimed.Add(row.Incident);

        claimed.ShouldBe(["claimed", "failed", "written"]);
    }

    private async Task StartAsync(string kind)
    {
        _database = new(await databases.CreateAsync(kind), _clock);
        _outbox = new(_database, _clock);
        await using var connection = await _database.ConnectAsync(default);
    }

    private Task<IReadOnlyList<OutboxRow>> ClaimAsync() => _outbox.ClaimAsync([], default);

    private Task<int> AddAsync(string incident, string word, string group = "g", string contact = "noc") => _database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync("""
            INSERT INTO outbox (idempotency_key, contact, incident, event, group_key, message, state, attempts, created_at, due_at)
            VALUES (@key, @contact, @incident, @word, @group, '{}', 'waiting', 0, @now, @now)
            """,
            new { key = $"{incident}-{contact}-{word}", contact, incident, word, group, now = _clock.Now.ToUnixTimeMilliseconds() },
            transaction),
        default);
}
