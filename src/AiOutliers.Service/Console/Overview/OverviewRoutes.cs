using AiOutliers.Druid.Building;
using AiOutliers.Service.Console.Explore;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Console.Parts;
using AiOutliers.Service.Options;
using AiOutliers.Service.Security;

namespace AiOutliers.Service.Console.Overview;

/// <summary>The first page: all sensors at once, and how the service is.</summary>
internal static class OverviewRoutes
{
    public const string Now = "/now", UsualLast = "7d";

    /// <summary>So many sensors are judged for the page: a page must not cost what a monitor does.</summary>
    private const int MostSensors = 50;

    /// <summary>What goes on must not wait for a slow data source: the page comes without the map, and asks again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static void MapOverview(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", PageAsync);
        // A page that is looked at all day must not use up what its reader may ask.
        routes.MapGet(Now, NowAsync).RequireRole(Role.Viewer, limited: false);
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, Exploration exploration, SourceFacts facts, ServiceState state, CurrentIncidents open, Settings settings,
        TimeProvider time)
    {
        var context = PageContext.Of(http, settings, time);
        var query = http.Request.Query;
        var traffic = settings.Engine.Traffic;
        var last = query["last"] is [{ Length: > 0 } span] ? span : UsualLast;
        var view = new OverviewView(
            last, query["metric"] is [{ Length: > 0 } metric] ? metric : traffic.Metrics[0].Name, query["sort"],
            long.TryParse(query["at"], out var at) ? at : null, traffic.SensorDimension);
        if (exploration.IsReplay)
            view = view with { Seconds = 10 };
        view = await WithMapAsync(view, context, exploration, facts, traffic, time, http.RequestAborted);
        // Asked last: the map has just found out whether the data source answers.
        return PageResult.Of<OverviewPage>(context, view with { Now = await NowOfAsync(state, open, http.RequestAborted) });
    }

    private static async Task<IResult> NowAsync(
        HttpContext http, ServiceState state, CurrentIncidents open, Settings settings, TimeProvider time) =>
        PageResult.Of<NowPanel>(PageContext.Of(http, settings, time), await NowOfAsync(state, open, http.RequestAborted));

    private static async Task<NowView> NowOfAsync(ServiceState state, CurrentIncidents open, CancellationToken stop) =>
        new(await state.PartsAsync(stop), await open.ListAsync(stop));

    private static async Task<OverviewView> WithMapAsync(
        OverviewView view, PageContext context, Exploration exploration, SourceFacts facts, TrafficSchema traffic, TimeProvider time,
        CancellationToken cancellation)
    {
        if (!facts.IsConfigured)
            return view;
        try
        {
            var (map, code) = await MapAsync(view, context, exploration, facts, traffic, cancellation)
                .WaitAsync(Patience, time, cancellation);
            return view with { Map = map, Code = code, At = view.At is { } at && map.Range.Has(at) ? at : null };
        }
        catch (TimeoutException)
        {
            return view with { IsPending = true };
        }
        catch (Exception error) when (ConsoleFailure.Of(error) is not null && !cancellation.IsCancellationRequested)
        {
            return view with { Failure = ConsoleFailure.Of(error) };
        }
    }

    private static async Task<(HeatMap Map, string Code)> MapAsync(
        OverviewView view, PageContext context, Exploration exploration, SourceFacts facts, TrafficSchema traffic,
        CancellationToken cancellation)
    {
        var sensors = await facts.ValuesAsync(traffic.DataSource, traffic.SensorDimension, cancellation);
        var asked = new ExploreState
        {
            Metrics = [view.Metric],
            By = traffic.SensorDimension,
            Last = view.Last,
            Where = sensors.Count <= MostSensors
                ? []
                : [.. sensors.Take(MostSensors).Select(sensor => $"{traffic.SensorDimension}={sensor}")],
        };
        var answer = await exploration.AnswerAsync(asked, context.Zone, cancellation);
        var map = HeatMap.Of(answer.Series!, answer.Question.Range!) with { All = Math.Max(answer.Series!.All, sensors.Count) };
        return (map.SortedBy(view.Sort, view.At), ExploreCommands.Curl(asked, answer, context));
    }
}
