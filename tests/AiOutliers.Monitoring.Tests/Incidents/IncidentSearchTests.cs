using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Tests.Incidents;

/// <summary>The search of incidents by a part of what they say.</summary>
public sealed class IncidentSearchTests(Databases databases) : IClassFixture<Databases>
{
    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Search_FindsAPartOfEntityMetricOrReason_WhateverTheCase(string kind)
    {
        await using var database = await WithAsync(
            kind, New("1", "sensor_name=Edge", "bytes", "five times \"50%\" of what's usual"), New("2", "sensor_name=core", "flows", "a_b"));

        foreach (var (text, found) in new[]
        {
            ("edge", "1"), ("EDGE", "1"), ("flo", "2"), ("lows", "2"), ("times \"50%\" of what's", "1"), ("a_b", "2"), ("50%", "1"), ("e\"", ""),
            ("es", "1"), ("_b", "2"), ("sensor", "1,2"), ("nothing", ""), ("edge AND core", ""), ("a\0b", ""), ("*", ""),
        })
        {
            (await FoundAsync(database, new() { Text = text })).ShouldBe(found, text);
        }
        (await FoundAsync(database, new() { Text = "sensor", Monitor = "m2" })).ShouldBe("2");
        (await FoundAsync(database, new() { Text = "sensor", State = IncidentStates.Closed })).ShouldBe("");
    }

    /// <summary>With two letters no index helps: the rows are read.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Search_KnowsCapitalsOfEveryAlphabet(string kind)
    {
        await using var database = await WithAsync(
            kind, New("1", "city=MÜNCHEN", "bytes", "more"), New("2", "city=ΑΘΗΝΑ", "bytes", "more"));

        foreach (var (text, found) in new[]
        {
            ("mü", "1"), ("ÜN", "1"), ("münchen", "1"), ("MÜNCHEN", "1"), ("θη", "2"), ("Αθηνα", "2"),
        })
            (await FoundAsync(database, new() { Text = text })).ShouldBe(found, text);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Search_FollowsWhatAnIncidentSays_AndWhetherItIsThere(string kind)
    {
        await using var database = await WithAsync(kind, New("1", "host=a", "bytes", "before"));
        await database.WriteAsync(async transaction =>
        {
            await IncidentWriting.UpdateAsync(transaction, New("1", "host=a", "bytes", "afterwards"));
            return true;
        }, default);

        (await FoundAsync(database, new() { Text = "before" })).ShouldBe("");
        (await FoundAsync(database, new() { Text = "afterwards" })).ShouldBe("1");

        await database.WriteAsync(
            static transaction => transaction.Connection!.ExecuteAsync("DELETE FROM incidents", transaction: transaction), default);
        await database.WriteAsync(async transaction =>
        {
            await IncidentWriting.WriteAsync(transaction, new(New("2", "host=b", "bytes", "another"), IsNew: true), 0);
            return true;
        }, default);

        (await FoundAsync(database, new() { Text = "afterwards" })).ShouldBe("");
        (await FoundAsync(database, new() { Text = "host=" })).ShouldBe("2");
    }

    /// <summary>PostgreSQL's index is asked for one word, and the whole text is looked for in what it has.</summary>
    [Theory]
    [InlineData("were 51 GB", "% 51 %")]
    [InlineData("51 gb", "%51 %")]
    [InlineData("usual for tuesday", "% tuesday%")]
    [InlineData("50% of", "%50!% %")]
    [InlineData("", "%%")]
    public void RarePattern_OfAText_IsItsWordWithADigitOrTheLongest(string text, string pattern) =>
        new IncidentFilterQuery { Text = text }.RarePattern.ShouldBe(pattern);

    /// <summary>A page of a few series, with all else that is asked for.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Search_OfFewSeries_HasTheNewestOfAll(string kind)
    {
        await using var database = await WithAsync(
            kind,
            [
                .. Enumerable.Range(10, 20).Select(static at =>
                    New($"{at}", $"host=edge{at % 2}", "bytes", "much") with { Monitor = "m", StartedAt = at }),
            ]);

        (await FoundAsync(database, new() { Text = "edge", Limit = 3 })).ShouldBe("27,28,29");
        (await FoundAsync(database, new() { Text = "edge1", Limit = 2 })).ShouldBe("27,29");
        (await FoundAsync(database, new() { Text = "edge", AfterStart = 12, AfterId = "12" })).ShouldBe("10,11");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Search_MeetsBothNamesAndReasons_InOrderOfTheirBegin(string kind)
    {
        await using var database = await WithAsync(
            kind,
            New("1", "host=edge", "bytes", "much") with { StartedAt = 1 }, New("2", "host=b", "bytes", "an edge of it") with { StartedAt = 2 },
            New("3", "host=edge", "bytes", "edge") with { StartedAt = 3 }, New("4", "host=c", "bytes", "edge") with { StartedAt = 3 },
            New("5", "host=c", "bytes", "none") with { StartedAt = 5 });
        var store = new IncidentStore(database, TimeProvider.System);

        (await store.PageAsync(new() { Text = "Edge" }, default)).Select(static one => one.Id).ShouldBe(["4", "3", "2", "1"]);
        (await store.PageAsync(new() { Text = "Edge", Limit = 2 }, default)).Select(static one => one.Id).ShouldBe(["4", "3"]);
        (await store.PageAsync(new() { Text = "Edge", AfterStart = 3, AfterId = "3" }, default)).Select(static one => one.Id)
            .ShouldBe(["2", "1"]);
    }

    /// <summary>Letters at the ends of what a text can hold, as somebody may write them into an address.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Find_WhatIsNoId_IsNotFound(string kind)
    {
        await using var database = await WithAsync(kind, New("abc1", "host=edge", "bytes", "much"));
        var store = new IncidentStore(database, TimeProvider.System);

        foreach (var id in new[] { "", "\uFFFF", "\uD7FF", "abc\0", "ab%", "b" })
            (await store.FindAsync(id, default)).ShouldBeNull();
        (await store.FindAsync("ab", default))!.Id.ShouldBe("abc1");
    }

    /// <summary>So many entities have the text that they are met in order; one of them has a name that no index takes.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Search_OfATextThatManyEntitiesHave_IsAPageOfThem(string kind)
    {
        var name = $"host=Ä{new string('x', 10_000)}";
        await using var database = await WithAsync(kind,
        [
            New("long", name, "bytes", "a"), New("longer", name + "y", "bytes", "a"), New("again", name, "bytes", "a") with { Monitor = "mlong" },
            .. Enumerable.Range(0, 510).Select(static i => New($"{i}", $"host={i}", "bytes", "a")),
        ]);

        (await new IncidentStore(database, TimeProvider.System).PageAsync(new() { Text = "host=" }, default)).Count.ShouldBe(50);
        (await FoundAsync(database, new() { Text = "xxx" })).ShouldBe("again,long,longer");
        (await FoundAsync(database, new() { Text = "host=ä" })).ShouldBe("again,long,longer");
        (await database.ReadAsync(static connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM incident_series"), default))
            .ShouldBe(512);
    }

    /// <summary>A server without the extension, or a user who may not create it.</summary>
    [Fact]
    public async Task Search_InPostgresWithoutItsExtension_Works()
    {
        await using var database = await WithAsync(Databases.Postgres, New("1", "host=a", "bytes", "much"));
        await database.WriteAsync(
            static transaction => transaction.Connection!.ExecuteAsync("DROP EXTENSION pg_trgm CASCADE", transaction: transaction), default);

        (await FoundAsync(database, new() { Text = "host=a" })).ShouldBe("1");
    }

    private async Task<Database> WithAsync(string kind, params StoredIncident[] incidents)
    {
        var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        await database.WriteAsync(async transaction =>
        {
            foreach (var incident in incidents)
                await IncidentWriting.WriteAsync(transaction, new(incident, IsNew: true), 0);
            return true;
        }, default);
        return database;
    }

    private static async Task<string> FoundAsync(Database database, IncidentFilterQuery filter) => string.Join(
        ',', (await new IncidentStore(database, TimeProvider.System).PageAsync(filter, default)).Select(static one => one.Id).Order());

    private static StoredIncident New(string id, string entity, string metric, string reason) => new()
    {
        Id = id,
        Monitor = $"m{id}",
        Entity = entity,
        EntityKey = "{}",
        Metric = metric,
        Reason = reason,
        State = IncidentStates.Open,
    };
}
