using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Engine.Detectors;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console.Explore;

/// <summary>Answers what the page Explore asks, by the same engine as every interface.</summary>
internal sealed class Exploration(OutlierAnalyzer analyzer, SourceFacts facts, Settings settings, TimeProvider time)
{
    public const string OfModel = "model:";

    /// <summary>Of many series so many are kept: those with the most severe incidents.</summary>
    public const int MostSeries = 100;

    /// <summary>
    /// Rows of all answers that are kept; each takes some hundred bytes. Two detectors beside each other over four weeks at one minute.
    /// </summary>
    private const long MostRows = 2 * 28 * 1440 + 10_000;

    private readonly Remembered<ExploreAnswer> _answers = new(
        TimeSpan.FromSeconds(60), 32, time, static answer => answer.Rows, MostRows);

    /// <exception cref="AiOutliersException">It cannot be answered; the message says what to do.</exception>
    /// <exception cref="AnalysisException">The same, with the stage.</exception>
    public Task<ExploreAnswer> AnswerAsync(ExploreState state, TimeZoneInfo zone, CancellationToken cancellation) =>
        _answers.GetAsync($"{state.Address()} {zone.Id}", stop => AskAsync(state, zone, stop), cancellation);

    public async Task<ExploreQuestion> QuestionAsync(ExploreState state, TimeZoneInfo zone, CancellationToken cancellation)
    {
        if (state.Query is { } pasted)
            return new(DruidQuery.Parse(System.Text.Encoding.UTF8.GetBytes(pasted)), null, null);
        var source = state.Source ?? settings.Engine.Traffic.DataSource;
        var (bounds, now) = (await facts.BoundsAsync(source, cancellation), time.GetUtcNow());
        var range = state.Last is { } span
            ? TimeRange.Last(span, bounds, now)
            : TimeRange.Between(state.From, state.To, zone, TimeRange.End(bounds, now));
        return ExploreQuestion.Of(state, range, settings.Engine.Traffic);
    }

    private async Task<ExploreAnswer> AskAsync(ExploreState state, TimeZoneInfo zone, CancellationToken cancellation)
    {
        var question = await QuestionAsync(state, zone, cancellation);
        var request = new AnalysisRequest
        {
            Query = question.Query.ToUtf8Json(),
            Metrics = question.Metrics,
            Detector = DetectorOf(state),
            Model = state.Detector?.StartsWith(OfModel, StringComparison.Ordinal) == true ? state.Detector[OfModel.Length..] : null,
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

    /// <summary>Null leaves the choice to the engine.</summary>
    private IDetector? DetectorOf(ExploreState state)
    {
        if (state.Detector?.StartsWith(OfModel, StringComparison.Ordinal) == true)
            return null;
        var name = state.Detector ?? settings.Engine.DefaultDetector;
        if (!DetectorCatalog.Names.Contains(name))
            throw Wrong("detector", name, string.Join(", ", DetectorCatalog.Names) + ", or model:NAME");
        var options = new Dictionary<string, string>();
        if (name == SeasonalScanDetector.Id && state.Sensitivity is { } sensitivity)
            options["sensitivity"] = sensitivity;
        if (name == SeasonalScanDetector.Id && state.Direction is { } direction)
            options["direction"] = direction;
        return DetectorOptions.Create(
            name, options, settings.Engine,
            static (option, problem) => throw new AiOutliersException(ErrorKind.BadInput, $"{option}: {problem}"));
    }

    private static AiOutliersException Wrong(string name, string value, string allowed) =>
        new(ErrorKind.BadInput, $"{name} = '{value}' is not allowed; allowed is {allowed}");
}
