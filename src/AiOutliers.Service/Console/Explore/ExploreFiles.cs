using System.Text.Json;
using AiOutliers.Engine.Json;
using AiOutliers.Service.Cli;
using AiOutliers.Service.Options;
using AiOutliers.Service.Plotting;

namespace AiOutliers.Service.Console.Explore;

/// <summary>What charts draw, and the pictures and files of what Explore shows.</summary>
internal static class ExploreFiles
{
    public const string Data = "/explore/data", Picture = "/explore/chart.", Rows = "/explore/rows.";

    /// <summary>Said in the address of the rows, it asks for those of the same hours a week before, too.</summary>
    public const string Behind = "behind";

    private const int UsualWidth = 1200, LargestWidth = 8000;

    private delegate IResult Show(ExploreAnswer answer, PageContext context, IQueryCollection query);

    public static void MapExploreFiles(this IEndpointRouteBuilder routes)
    {
        Map(routes, Data, DataOf);
        Map(routes, Picture + "svg", static (answer, context, _) => PictureOf(answer, context, isSvg: true));
        Map(routes, Picture + "png", static (answer, context, _) => PictureOf(answer, context, isSvg: false));
        Map(routes, Rows + "json", static (answer, _, _) => new Compressed("application/json", stream =>
            ReportJson.Write(stream, answer.Report!, answer.Question.Query.DataSource?.TableName ?? "query")));
        Map(routes, Rows + "csv", static (answer, _, _) => new Compressed("text/csv; charset=utf-8", stream =>
        {
            using var writer = new StreamWriter(stream);
            ReportCsv.Write(writer, answer.Report!);
        }));
    }

    private static Compressed DataOf(ExploreAnswer answer, PageContext context, IQueryCollection query)
    {
        var view = TimeRange.Read(query["view"].ToString()) ?? answer.Whole;
        var width = int.TryParse(query["width"], out var asked) ? Math.Clamp(asked, 100, LargestWidth) : UsualWidth;
        return new("application/json", stream =>
        {
            using var json = new Utf8JsonWriter(stream, JsonWriting.Options);
            new ChartJson(answer.Report!, context.Zone, query.ContainsKey(Behind)).Write(json, answer.Whole, view, width);
        });
    }

    private static Compressed PictureOf(ExploreAnswer answer, PageContext context, bool isSvg) => new(
        isSvg ? "image/svg+xml" : "image/png",
        stream => PlotFile.Write(stream, answer.Report!, context.Theme == "dark", isSvg));

    private static void Map(IEndpointRouteBuilder routes, string path, Show show) =>
        routes.MapGet(path, (HttpContext http, Exploration exploration, Settings settings, TimeProvider time) =>
            AnswerAsync(http, exploration, settings, time, show));

    private static async Task<IResult> AnswerAsync(
        HttpContext http, Exploration exploration, Settings settings, TimeProvider time, Show show)
    {
        var (context, query) = (PageContext.Of(http, settings, time), http.Request.Query);
        try
        {
            var answer = await exploration.AnswerAsync(ExploreState.Read(query), context.Zone, http.RequestAborted);
            return answer.Report is not { } report
                ? TypedResults.Problem("these are many series; choose one", statusCode: StatusCodes.Status400BadRequest)
                : show(answer with { Report = ToldIncidents.Read(query).Of(report) }, context, query);
        }
        catch (Exception error) when (ConsoleFailure.Of(error) is { } failure && !http.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.Problem(failure.Words, title: failure.Title, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
