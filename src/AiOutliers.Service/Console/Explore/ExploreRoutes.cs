using System.Text.Json;
using AiOutliers.Engine;
using AiOutliers.Engine.Json;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Cli;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Options;
using AiOutliers.Service.Plotting;

namespace AiOutliers.Service.Console.Explore;

/// <summary>The page Explore, what its charts draw, and its files.</summary>
internal static class ExploreRoutes
{
    public const string Data = "/explore/data", Picture = "/explore/chart.", Rows = "/explore/rows.";

    private const int UsualWidth = 1200, LargestWidth = 8000;

    public static void MapExplore(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ExploreState.Path, PageAsync);
        routes.MapGet(Data, DataAsync);
        routes.MapGet(Picture + "svg", SvgAsync);
        routes.MapGet(Picture + "png", PngAsync);
        routes.MapGet(Rows + "csv", CsvAsync);
        routes.MapGet(Rows + "json", JsonAsync);
    }

    /// <summary>The interval that was asked for or, of a pasted query, that of its rows.</summary>
    public static TimeRange WholeOf(ExploreAnswer answer) => answer.Question.Range
        ?? new(answer.Report!.Table.Times[0], answer.Report.Table.Times[^1] + Math.Max(1, answer.Report.Table.StepMilliseconds));

    private static async Task<IResult> PageAsync(
        HttpContext http, Exploration exploration, SourceFacts facts, ModelFolder models, Settings settings, TimeProvider time)
    {
        var (context, state) = (PageContext.Of(http, settings, time), ExploreState.Read(http.Request.Query));
        // The form sends what is not filled in, too; the address keeps what says something.
        if (http.Request.Headers.ContainsKey("HX-Request"))
            http.Response.Headers["HX-Push-Url"] = state.Address();
        var traffic = settings.Engine.Traffic;
        var choices = new ExploreChoices(
            traffic.DataSource, [.. traffic.Metrics.Select(static metric => metric.Name)], [traffic.SensorDimension], [],
            [.. DetectorCatalog.Names, .. models.Names.Select(static name => Exploration.OfModel + name)]);
        try
        {
            var sensors = await facts.ValuesAsync(state.Source ?? traffic.DataSource, traffic.SensorDimension, http.RequestAborted);
            choices = choices with { Conditions = [.. sensors.Select(sensor => $"{traffic.SensorDimension}={sensor}")] };
            var answer = await exploration.AnswerAsync(state, context.Zone, http.RequestAborted);
            return PageResult.Of<ExplorePage>(context, new ExploreView(state, choices, answer, null));
        }
        catch (Exception error) when (ConsoleFailure.Of(error) is not null && !http.RequestAborted.IsCancellationRequested)
        {
            return PageResult.Of<ExplorePage>(context, new ExploreView(state, choices, null, ConsoleFailure.Of(error)));
        }
    }

    private static Task<IResult> DataAsync(HttpContext http, Exploration exploration, Settings settings, TimeProvider time) =>
        WithAnswerAsync(http, exploration, settings, time, (answer, context) =>
        {
            var whole = WholeOf(answer);
            var view = ViewOf(http.Request.Query["view"].ToString()) ?? whole;
            var width = int.TryParse(http.Request.Query["width"], out var asked) ? Math.Clamp(asked, 100, LargestWidth) : UsualWidth;
            return new Compressed("application/json", stream =>
            {
                using var json = new Utf8JsonWriter(stream, JsonWriting.Options);
                ChartJson.Write(json, answer.Report!, whole, view, width, context.ZoneName);
            });
        });

    private static Task<IResult> SvgAsync(HttpContext http, Exploration exploration, Settings settings, TimeProvider time) =>
        WithAnswerAsync(http, exploration, settings, time, static (answer, context) => new Compressed(
            "image/svg+xml", stream => PlotFile.Write(stream, answer.Report!, context.Theme == "dark", isSvg: true)));

    private static Task<IResult> PngAsync(HttpContext http, Exploration exploration, Settings settings, TimeProvider time) =>
        WithAnswerAsync(http, exploration, settings, time, static (answer, context) => new Compressed(
            "image/png", stream => PlotFile.Write(stream, answer.Report!, context.Theme == "dark", isSvg: false)));

    private static Task<IResult> JsonAsync(HttpContext http, Exploration exploration, Settings settings, TimeProvider time) =>
        WithAnswerAsync(http, exploration, settings, time, static (answer, _) => new Compressed(
            "application/json",
            stream => ReportJson.Write(stream, answer.Report!, answer.Question.Query.DataSource?.TableName ?? "query")));

    private static Task<IResult> CsvAsync(HttpContext http, Exploration exploration, Settings settings, TimeProvider time) =>
        WithAnswerAsync(http, exploration, settings, time, static (answer, _) => new Compressed("text/csv; charset=utf-8", stream =>
        {
            using var writer = new StreamWriter(stream);
            ReportCsv.Write(writer, answer.Report!);
        }));

    private static async Task<IResult> WithAnswerAsync(
        HttpContext http, Exploration exploration, Settings settings, TimeProvider time, Func<ExploreAnswer, PageContext, IResult> show)
    {
        var context = PageContext.Of(http, settings, time);
        try
        {
            var answer = await exploration.AnswerAsync(ExploreState.Read(http.Request.Query), context.Zone, http.RequestAborted);
            return answer.Report is null
                ? TypedResults.Problem("these are many series; choose one", statusCode: StatusCodes.Status400BadRequest)
                : show(answer, context);
        }
        catch (Exception error) when (ConsoleFailure.Of(error) is { } failure && !http.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.Problem(failure.Words, title: failure.Title, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static TimeRange? ViewOf(string text) =>
        text.Split('/') is [var from, var until] && long.TryParse(from, out var first) && long.TryParse(until, out var last) && first < last
            ? new(first, last)
            : null;
}
