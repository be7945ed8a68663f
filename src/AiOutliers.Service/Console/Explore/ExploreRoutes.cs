using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Engine.Detectors;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Console.MonitorPages;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Console.Parts;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console.Explore;

/// <summary>The page Explore, and what its fields complete with.</summary>
internal static class ExploreRoutes
{
    public const string Completion = "/explore/complete";

    public static void MapExplore(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ExploreState.Path, PageAsync);
        routes.MapGet(Completion, CompleteAsync);
        routes.MapExploreFiles();
    }

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
        var options = DetectorOptions.Describe(settings.Engine).SelectMany(static detector => detector.Options)
            .Select(static option => option.Name).Except(["sensitivity", "direction"]);
        return new(
            traffic.DataSource, [], [.. traffic.Metrics.Select(static metric => metric.Name)], [traffic.SensorDimension], [],
            [.. DetectorCatalog.Names, .. models.Names.Select(static name => AskedDetector.OfModel + name)], [.. options]);
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
            Sources = await facts.SourcesAsync(cancellation),
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
}
