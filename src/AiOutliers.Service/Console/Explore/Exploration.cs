using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Monitoring;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console.Explore;

/// <summary>Answers what the page Explore asks, by the same engine as every interface.</summary>
/// <param name="analyzer">Judges.</param>
/// <param name="facts">Where the data ends.</param>
/// <param name="settings">The configuration.</param>
/// <param name="time">How long things take.</param>
/// <param name="clock">What is now: in a replay, the time that it plays.</param>
internal sealed class Exploration(OutlierAnalyzer analyzer, SourceFacts facts, Settings settings, TimeProvider time, TimeProvider clock)
{
    /// <summary>Of many series so many are kept: those with the most severe incidents.</summary>
    public const int MostSeries = 100;

    /// <summary>
    /// Rows of all answers that are kept; each takes some hundred bytes. Two detectors beside each other over two weeks at one minute.
    /// </summary>
    private const long MostRows = 2 * 14 * 1440 + 10_000;

    /// <summary>For a minute of the clock that says where the last hours end: in a replay an hour may pass in a minute.</summary>
    private readonly Remembered<ExploreAnswer> _answers = new(
        TimeSpan.FromSeconds(60), 32, clock, static answer => answer.Rows, MostRows);

    /// <summary>Whether time passes faster than for who looks.</summary>
    public bool IsReplay => clock is ReplayClock;

    /// <exception cref="AiOutliersException">It cannot be answered; the message says what to do.</exception>
    /// <exception cref="AnalysisException">The same, with the stage.</exception>
    public Task<ExploreAnswer> AnswerAsync(ExploreState state, TimeZoneInfo zone, CancellationToken cancellation) =>
        _answers.GetAsync($"{state.Address()} {zone.Id}", stop => AskAsync(state, zone, stop), cancellation);

    public async Task<ExploreQuestion> QuestionAsync(ExploreState state, TimeZoneInfo zone, CancellationToken cancellation)
    {
        if (state.Query is { } pasted)
            return new(DruidQuery.Parse(System.Text.Encoding.UTF8.GetBytes(pasted)), null, null);
        var source = state.Source ?? settings.Engine.Traffic.DataSource;
        var (bounds, now) = (await facts.BoundsAsync(source, cancellation), clock.GetUtcNow());
        var range = state.Last is { } span
            ? TimeRange.Last(span, bounds, now)
            : TimeRange.Between(state.From, state.To, zone, TimeRange.End(bounds, now));
        var question = ExploreQuestion.Of(state, range, settings.Engine.Traffic);
        return IsReplay ? ExploreQuestion.Of(state, Played(range, state.Every, now), settings.Engine.Traffic) : question;
    }

    /// <summary>A replay's data has rows that are yet to come; a bucket that has only begun would look like a dip.</summary>
    private static TimeRange Played(TimeRange range, string? every, DateTimeOffset now)
    {
        const long Minute = 60_000;
        var time = now.ToUnixTimeMilliseconds();
        var width = Granularity.Parse(every ?? ExploreQuestion.PeriodFor(range.Length)).Seconds;
        var whole = time - time % (long)(1000 * width);
        return range.Before(whole > range.From ? whole : time - time % Minute);
    }

    private async Task<ExploreAnswer> AskAsync(ExploreState state, TimeZoneInfo zone, CancellationToken cancellation)
    {
        var question = await QuestionAsync(state, zone, cancellation);
        var request = new AnalysisRequest
        {
            Query = question.Query.ToUtf8Json(),
            Metrics = question.Metrics,
            Detector = AskedDetector.Of(state, settings.Engine),
            Model = AskedDetector.ModelOf(state),
            ModelOfSensor = state.Detector is null,
        };
        var started = time.GetTimestamp();
        if (!KeyedQuery.HasKeys(question.Query))
        {
            var report = await analyzer.AnalyzeAsync(request, cancellation);
            return new(question, report, null, time.GetElapsedTime(started));
        }
        var fetched = await new SeriesHistory(facts.Source, settings.Engine.History, time).QueryAsync(question.Query, null, cancellation);
        var reports = new List<SeriesReport>();
        await foreach (var report in new SeriesJudge(analyzer).JudgeAsync(fetched, request with { Query = null }, cancellation))
            reports.Add(report);
        return new(question, null, SeriesList.Of(reports, MostSeries), time.GetElapsedTime(started));
    }
}
