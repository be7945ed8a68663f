using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Entities;

namespace AiOutliers.Monitoring.Tests.Entities;

/// <summary>A state that knows nothing, and three hosts with a row an hour for 20 days.</summary>
public sealed class EntityHistoryTests
{
    private const long Hour = 3_600_000;
    private const int Hours = 20 * 24, Kept = 14 * 24;

    private static readonly long Begin = DateTimeOffset.Parse("2024-09-01T00:00:00Z").ToUnixTimeMilliseconds();
    private static readonly EntityLayout Layout = new(Hour, Kept, ["bytes"], ["host"]);

    private readonly HourlyRows _source = new(Begin, Hours, ["a", "b", "c"]);

    /// <summary>With about 15,000 entities a stretch is 50 hours.</summary>
    [Fact]
    public async Task Together_ReadsEachRowOnce_AndKnowsWhatIsReadByName()
    {
        var (together, named) = (New(together: 15_000), New(together: 0));

        (await LoadAsync(together, TimeSpan.MaxValue), _source.Asked.Count).ShouldBe((3 * Kept, 7));
        await LoadAsync(named, TimeSpan.MaxValue);

        (together.IsReady, together.Reading.Together, together.KnownFrom, together.Loaded).ShouldBe((true, 0, together.Start, 3));
        foreach (var host in new[] { "a", "b", "c" })
            Values(together, host).ShouldBe(Values(named, host));
    }

    [Fact]
    public async Task Together_BeginsWithTheNewest_AndIsReadyAfterEightDays()
    {
        var state = New(together: 15_000);
        var ready = new List<(uint Known, bool IsReady)>();
        for (var run = 0; run < 4; run++)
        {
            await LoadAsync(state, TimeSpan.FromSeconds(1));
            ready.Add((state.End - state.KnownFrom, state.IsReady));
        }

        ready.ShouldBe([(50, false), (100, false), (150, false), (200, true)]);
    }

    [Fact]
    public async Task Together_EndsWhereTheDataBegins()
    {
        var state = New(together: 15_000);
        state.Reading.DataFrom = Begin + (Hours - 70) * Hour;

        await LoadAsync(state, TimeSpan.MaxValue);

        (_source.Asked.Count, state.IsReady).ShouldBe((2, true));
    }

    [Fact]
    public async Task Row_OfANewEntity_WhileAllAreRead_IsPutIn()
    {
        var state = New(together: 15_000);
        await LoadAsync(state, TimeSpan.FromSeconds(1));
        state.Advance(state.End + 1);
        var newest = new SeriesSetBuilder();
        newest.SetKey(newest.DimensionOf("host"), "new"u8);
        newest.Set(newest.ColumnOf("bytes"), 7);
        newest.AddRow(Layout.TimeOf(state.End - 1), null);

        EntityRows.Put(state, newest.Build());

        state.Reading.Pending.ShouldBeEmpty();
        Values(state, "new")[^1].ShouldBe(7);
    }

    private static MonitorEntities New(int together)
    {
        var state = new MonitorEntities(Layout);
        state.Advance(Layout.BucketOf(Begin + Hours * Hour));
        state.Reading.Together = together;
        foreach (var host in together > 0 ? [] : new[] { "a", "b", "c" })
            state.Reading.Pending.Enqueue(KeyOf(host));
        return state;
    }

    /// <summary>Each answer takes a second.</summary>
    private Task<long> LoadAsync(MonitorEntities state, TimeSpan patience) =>
        new EntityHistory(_source, _source.Clock).LoadAsync(state, _source.Query, patience, null, default);

    private static double[] Values(MonitorEntities state, string host)
    {
        state.TryFind(KeyOf(host), out var place).ShouldBeTrue();
        var table = EntityTables.Of(state, place, [0], Begin + (Hours + 1) * Hour);
        return table.Column("bytes").ToArray();
    }

    private static string KeyOf(string host) => EntityKeys.Of(new([new("host", host)]), Layout.By);
}
