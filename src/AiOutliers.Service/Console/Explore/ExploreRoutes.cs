using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Engine.Json;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Cli;
using AiOutliers.Service.Console.MonitorPages;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Console.Parts;
using AiOutliers.Service.Options;
using AiOutliers.Service.Plotting;

namespace AiOutliers.Service.Console.Explore;

/// <summary>The page Explore, what its charts draw, and its files.</summary>
internal static class ExploreRoutes
{
    public const string Data = "/explore/data", Picture = "/explore/chart.", Rows = "/explore/rows.",
        Completion = "/explore/complete";

    private const int UsualWidth = 1200, LargestWidth = 8000;

    public static void MapExplore(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ExploreState.Path, PageAsync);
        routes.MapGet(Completion, CompleteAsync);
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
        var view = new ExploreView(state, ChoicesOf(settings, models), null, null);
        try
        {
            view = view with { Choices = await CompletedAsync(view, settings, facts, http.RequestAborted) };
            var answer = await exploration.AnswerAsync(state with { Compare = null }, context.Zone, http.RequestAborted);
            view = view with
            {
                Answer = answer,
                Monitor = state.Query is null ? MonitorDraft.Of(state, answer.Question, settings.Engine.Traffic) : null,
            };
            return PageResult.Of<ExplorePage>(
                context, answer.Report is null || state.Other is not { } other
                    ? view
                    : view with { Other = await exploration.AnswerAsync(other, context.Zone, http.RequestAborted) });
        }
        catch (Exception error) when (ConsoleFailure.Of(error) is { } failure && !http.RequestAborted.IsCancellationRequested)
        {
            return PageResult.Of<ExplorePage>(context, view with { Failure = failure });
        }
    }

    private static ExploreChoices ChoicesOf(Settings settings, ModelFolder models)
    {
        var traffic = settings.Engine.Traffic;
        return new(
            traffic.DataSource, [], [.. traffic.Metrics.Select(static metric => metric.Name)], [traffic.SensorDimension], [],
            [.. DetectorCatalog.Names, .. models.Names.Select(static name => Exploration.OfModel + name)]);
    }

    private static async Task<ExploreChoices> CompletedAsync(
        ExploreView view, Settings settings, SourceFacts facts, CancellationToken cancellation)
    {
        var (choices, sensor) = (view.Choices, settings.Engine.Traffic.SensorDimension);
        var source = view.State.Source ?? choices.Source;
        var dimensions = await facts.DimensionsAsync(source, cancellation);
        var sensors = dimensions.Contains(sensor) ? await facts.ValuesAsync(source, sensor, cancellation) : [];
        return choices with
        {
            Sources = await facts.NamesAsync(cancellation),
            Dimensions = dimensions,
            Conditions = [.. sensors.Select(value => $"{sensor}={value}"), .. dimensions.Select(static name => name + "=")],
        };
    }

    /// <summary>What the field of a condition may go on with: a dimension or, behind its sign, one of its values.</summary>
    private static async Task<IResult> CompleteAsync(HttpContext http, SourceFacts facts, Settings settings, TimeProvider time)
    {
        var (context, state) = (PageContext.Of(http, settings, time), ExploreState.Read(http.Request.Query));
        var source = state.Source ?? settings.Engine.Traffic.DataSource;
        try
        {
            var dimensions = await facts.DimensionsAsync(source, http.RequestAborted);
            var begun = state.Where.Select(static text => text.Split('=', 2)).FirstOrDefault(static parts => parts.Length == 2);
            return PageResult.Of<Conditions>(context, begun is [var name, _] && dimensions.Contains(name)
                ? [.. (await facts.ValuesAsync(source, name, http.RequestAborted)).Select(value => $"{name}={value}")]
                : dimensions.Select(static name => name + "=").ToArray());
        }
        catch (AiOutliersException)
        {
            // The page itself says what is wrong with the data source.
            return PageResult.Of<Conditions>(context, Array.Empty<string>());
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
