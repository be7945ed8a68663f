using System.Globalization;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Embedded;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Tests.Runs;

/// <summary>A day of rows of some hosts: the first has the least bytes, the last the most.</summary>
public sealed class TopEntitiesTests : IDisposable
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.Parse("2026-03-02T00:00:00Z", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();
    private readonly SteppedClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bound_ToFewerThanThereAre_TakesTheLargest_AndSaysSo()
    {
        var bound = await BoundAsync(new(Source(5), _clock), "[host]", top: 2);

        bound.Words.ShouldBe("there are more than 2 entities: the largest 2 are judged");
        bound.Keys!.ShouldBe([Key("h0003"), Key("h0004")], ignoreOrder: true);
        var answered = await Source(5).SeriesAsync(bound.Query.ToUtf8Json());
        Enumerable.Range(0, answered.Count).Select(at => answered.Key(at).ValueOf("host")).ShouldBe(["h0003", "h0004"], ignoreOrder: true);
    }

    [Fact]
    public async Task Bound_ToAsManyAsThereAre_LeavesTheQuestionAsItIs()
    {
        var bound = await BoundAsync(new(Source(5), _clock), "[host]", top: 5);

        (bound.Words, bound.Keys, bound.Query.Filter).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Bound_OfSeveralDimensions_TakesTheLargestCombinations()
    {
        var bound = await BoundAsync(new(Source(5), _clock), "[host, port]", top: 1);

        bound.Keys!.ShouldBe([$"{Key("h0004")}2:80"]);
        var answered = await Source(5).SeriesAsync(bound.Query.ToUtf8Json());
        answered.Count.ShouldBe(1);
    }

    /// <summary>A filter of each of them would be too long.</summary>
    [Fact]
    public async Task Bound_OfVeryManyCombinations_IsRefused() =>
        (await Should.ThrowAsync<AiOutliersException>(() => BoundAsync(new(Source(1100), _clock), "[host, port]", top: 1050)))
            .Message.ShouldContain("with several dimensions top takes at most 1000");

    [Fact]
    public async Task Bound_IsAskedAgainAfterAnHour()
    {
        var source = new FailingSource(Source(5));
        var top = new TopEntities(source, _clock);
        await BoundAsync(top, "[host]", top: 2);
        source.Source = Source(7);

        (await BoundAsync(top, "[host]", top: 2)).Keys!.ShouldContain(Key("h0004"));
        _clock.Passed += TimeSpan.FromMinutes(61);
        (await BoundAsync(top, "[host]", top: 2)).Keys!.ShouldBe([Key("h0005"), Key("h0006")], ignoreOrder: true);
    }

    private static string Key(string host) => $"{host.Length}:{host}";

    private static Task<BoundQuery> BoundAsync(TopEntities entities, string by, int top)
    {
        var document = new Catalog(null!, new EngineSettings(), TimeProvider.System).Read($$"""
            apiVersion: aioutliers/v1
            kind: Monitor
            metadata: { name: hosts }
            spec:
              series:
                dataSource: rows
                metrics: [{ type: longSum, name: bytes, fieldName: n }]
                granularity: PT1H
                by: {{by}}
                top: {{top}}
              schedule: every 1h
            """, "test").Monitors[0];
        var window = new Window(Begin.AddHours(23).ToUnixTimeMilliseconds(), Begin.AddHours(24).ToUnixTimeMilliseconds());
        var query = MonitorQuery.Of(document.Spec.Series, new EngineSettings().Traffic, window);
        return entities.BoundAsync(document.Spec.Series, query, window, default);
    }

    private EmbeddedEngine Source(int hosts)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, $"{Guid.NewGuid():N}")).FullName;
        var rows = new StringBuilder("__time,host,port,n\n");
        for (var hour = 0; hour < 24; hour += 23)
        {
            for (var host = 0; host < hosts; host++)
                rows.Append(CultureInfo.InvariantCulture, $"{Begin.AddHours(hour).ToUnixTimeMilliseconds()},h{host:D4},80,{10 + host}\n");
        }
        File.WriteAllText(Path.Combine(folder, "rows.csv"), rows.ToString());
        return new(folder);
    }

    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
