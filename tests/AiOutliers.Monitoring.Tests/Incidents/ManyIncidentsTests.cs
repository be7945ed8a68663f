using System.Diagnostics;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Storage;

namespace AiOutliers.Monitoring.Tests.Incidents;

/// <summary>
/// Pages of very many incidents: 20,000 by default; AIOUTLIERS_MANY_INCIDENTS asks for more (bench/monitors.sh takes a million).
/// </summary>
public sealed class ManyIncidentsTests(Databases databases) : IClassFixture<Databases>
{
    private const int Rounds = 200;

    private const long Now = 1_772_400_000_000, Day = 86_400_000;

    public static TheoryData<string> Kinds => Databases.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pages_OfManyIncidents_AreRightAndFound(string kind)
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("AIOUTLIERS_MANY_INCIDENTS"), out var asked) ? asked : 20_000;
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        await ManyIncidents.FillAsync(database, count, Now);
        var store = new IncidentStore(database, TimeProvider.System);

        await MeasureAsync(kind, "open ones, newest first", async random => (await store.PageAsync(
            new() { State = IncidentFilterQuery.NotClosed }, default)).ShouldAllBe(static one => one.ClosedAt == null));
        await MeasureAsync(kind, "a page of one monitor, severity from 90", async random => (await store.PageAsync(
            new() { Monitor = OneOf(random), Severity = 90, AfterStart = Now - random.NextInt64(300) * Day, AfterId = "z" }, default))
            .ShouldAllBe(static one => one.Severity >= 90));
        await MeasureAsync(kind, "a page of one day", async random =>
        {
            var to = Now - random.NextInt64(300) * Day;
            (await store.PageAsync(new() { From = to - Day, To = to }, default)).Count.ShouldBe(Math.Min(50, count / 400));
        });
        await MeasureAsync(kind, "the closed ones of one monitor, by a rare text", async random =>
        {
            var host = random.Next(1, 500);
            var page = await store.PageAsync(
                new() { State = IncidentStates.Closed, Monitor = $"m{host * 11 % 20}", Text = $"host=h{host} b" }, default);
            page.Count.ShouldBe(Math.Min(50, count / 500));
            page.ShouldAllBe(one => one.ClosedAt != null && one.Entity == $"host=h{host}");
        });
        await MeasureAsync(kind, "the closed ones, by a rare text of their reason", async random =>
            (await store.PageAsync(new() { State = IncidentStates.Closed, Text = $"were {random.Next(9973)} gb" }, default))
            .Count.ShouldBeInRange(0, 50));
        await MeasureAsync(kind, "by a text that a fiftieth of them has, or more", async random =>
            (await store.PageAsync(new() { Text = $"host=h{random.Next(1, 50)}" }, default)).Count.ShouldBe(50));
        await MeasureAsync(kind, "one with its history and members", async random =>
        {
            var one = await store.FindAsync(ManyIncidents.IdOf(random.Next(count)), default);
            (await store.HistoryAsync(one!.Id, default)).Count.ShouldBe(3);
            (await store.MembersAsync(one.Id, default)).ShouldBeEmpty();
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pages_OneAfterAnother_HaveEachIncidentOnce(string kind)
    {
        await using var database = new Database(await databases.CreateAsync(kind), TimeProvider.System);
        await ManyIncidents.FillAsync(database, 2000, Now);
        var (store, seen) = (new IncidentStore(database, TimeProvider.System), new List<string>());
        var filter = new IncidentFilterQuery { From = 0, Limit = 499 };

        while (await store.PageAsync(filter, default) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(static one => one.Id));
            filter = filter with { AfterStart = page[^1].StartedAt, AfterId = page[^1].Id };
        }

        seen.Order().ShouldBe(Enumerable.Range(0, 2000).Select(ManyIncidents.IdOf).Order());
    }

    private static string OneOf(Random random) => $"m{random.Next(20)}";

    private static async Task MeasureAsync(string kind, string what, Func<Random, Task> ask)
    {
        var (random, times) = (new Random(1), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await ask(random);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{kind}, {what}: median {times[Rounds / 2]:0.0} ms, p95 {times[Rounds * 95 / 100]:0.0} ms"));
    }
}
