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
    private static readonly DateTimeOffset Now = new(2024, 9, 24, 14, 12, 30, TimeSpan.Zero);

    private static readonly ExploreState AroundNow = new() { From = "2024-09-24 12:10", To = "2024-09-24 16:10" };

    /// <summary>The page of an incident asks for two hours after it, which the replayed data has.</summary>
    [Theory]
    [InlineData("PT5M", "2024-09-24T14:10:00Z")]
    [InlineData("PT1M", "2024-09-24T14:12:00Z")]
    [InlineData("P1D", "2024-09-24T14:12:00Z")]
    public async Task Range_InAReplay_StopsAtItsClock(string every, string until) =>
        (await UntilAsync(AroundNow with { Every = every }, new ReplayClock(Now, speed: 0, TimeProvider.System)))
            .ShouldBe(DateTimeOffset.Parse(until));

    [Fact]
    public async Task Range_OfTheRealTime_IsWhatWasAskedFor() =>
        (await UntilAsync(AroundNow, TimeProvider.System)).ShouldBe(DateTimeOffset.Parse("2024-09-24T16:10:00Z"));

    private static async Task<DateTimeOffset> UntilAsync(ExploreState state, TimeProvider clock)
    {
        var settings = SettingsReader.Read(path: null, testing: false, DetectorCatalog.Names);
        var facts = new SourceFacts(new Recorded(), new(TimeSpan.Zero, "rb_flow", TimeProvider.System), TimeProvider.System);
        var exploration = new Exploration(null!, facts, settings, TimeProvider.System, clock);
        var question = await exploration.QuestionAsync(state, TimeZoneInfo.Utc, CancellationToken.None);
        return DateTimeOffset.FromUnixTimeMilliseconds(question.Range!.Until);
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
