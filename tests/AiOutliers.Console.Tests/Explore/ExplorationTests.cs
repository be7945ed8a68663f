using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Engine;
using AiOutliers.Monitoring;
using AiOutliers.Service.Console;
using AiOutliers.Service.Console.Explore;
using AiOutliers.Service.Options;

namespace AiOutliers.Console.Tests.Explore;

public sealed class ExplorationTests
{
    private static readonly DateTimeOffset Now = new(2024, 9, 24, 14, 10, 0, TimeSpan.Zero);

    private static readonly ExploreState AroundNow = new() { From = "2024-09-24 12:10", To = "2024-09-24 16:10" };

    /// <summary>The page of an incident asks for two hours after it, which the replayed data has.</summary>
    [Fact]
    public async Task Range_InAReplay_StopsAtItsClock() =>
        (await RangeAsync(new ReplayClock(Now, speed: 0, TimeProvider.System))).Until.ShouldBe(Now.ToUnixTimeMilliseconds());

    [Fact]
    public async Task Range_OfTheRealTime_IsWhatWasAskedFor() =>
        (await RangeAsync(TimeProvider.System)).Until.ShouldBe(Now.AddHours(2).ToUnixTimeMilliseconds());

    private static async Task<TimeRange> RangeAsync(TimeProvider clock)
    {
        var settings = SettingsReader.Read(path: null, testing: false, DetectorCatalog.Names);
        var facts = new SourceFacts(new Recorded(), new(TimeSpan.Zero, "rb_flow", TimeProvider.System), TimeProvider.System);
        var exploration = new Exploration(null!, facts, settings, TimeProvider.System, clock);
        return (await exploration.QuestionAsync(AroundNow, TimeZoneInfo.Utc, CancellationToken.None)).Range!;
    }

    /// <summary>Has rows of some hours more.</summary>
    private sealed class Recorded : IDruidSource
    {
        public Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation) => Task.FromResult(
            """[{"result":{"minTime":"2024-09-01T00:00:00.000Z","maxTime":"2024-09-24T20:00:00.000Z"}}]"""u8.ToArray());
    }
}
