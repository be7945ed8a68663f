using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Engine.Explanation;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console.Explore;

/// <summary>Which values of which dimensions carry the deviation of a stretch.</summary>
internal static class CausesRoutes
{
    public const string Path = "/explore/causes";

    private const int MostElements = 5;

    public static void MapCauses(this IEndpointRouteBuilder routes) => routes.MapGet(Path, PageAsync);

    private static async Task<IResult> PageAsync(
        HttpContext http, Exploration exploration, SourceFacts facts, Settings settings, TimeProvider time)
    {
        var (context, state, query) = (PageContext.Of(http, settings, time), ExploreState.Read(http.Request.Query), http.Request.Query);
        try
        {
            var metric = query["of"].ToString();
            var answer = await exploration.AnswerAsync(state, context.Zone, http.RequestAborted);
            var window = query["window"] is [{ Length: > 0 } text]
                ? WindowOf(text)
                : await StretchAsync(query, answer, facts, context, time, http.RequestAborted);
            var asked = new ExplanationRequest { Query = answer.Question.Query, Metric = metric, Window = window, Top = MostElements };
            var report = await http.RequestServices.GetRequiredService<Explainer>().ExplainAsync(asked, http.RequestAborted);
            return PageResult.Of<CausesPage>(context, new CausesView(state, report, null)
            {
                Code = ExploreCommands.CurlOfCauses(answer, asked, context),
            });
        }
        catch (Exception error) when (ConsoleFailure.Of(error) is not null && !http.RequestAborted.IsCancellationRequested)
        {
            return PageResult.Of<CausesPage>(context, new CausesView(state, null, ConsoleFailure.Of(error)));
        }
    }

    /// <summary>As two fields say it: times as people write them.</summary>
    private static async Task<TimeWindow> StretchAsync(
        IQueryCollection query, ExploreAnswer answer, SourceFacts facts, PageContext context, TimeProvider time,
        CancellationToken cancellation)
    {
        var source = answer.Question.Query.DataSource?.TableName;
        var bounds = source is null ? null : await facts.BoundsAsync(source, cancellation);
        var range = TimeRange.Between(
            query["begin"].ToString(), query["end"].ToString(), context.Zone, TimeRange.End(bounds, time.GetUtcNow()));
        return new(range.From, range.Until);
    }

    private static TimeWindow WindowOf(string text) =>
        TimeRange.Read(text) is { } range
            ? new(range.From, range.Until)
            : throw new AiOutliersException(ErrorKind.BadInput,
                $"window = '{text}' is not a stretch; write it as FROM/UNTIL in milliseconds");
}
