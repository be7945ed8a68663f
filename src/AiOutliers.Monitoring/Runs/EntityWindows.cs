using System.Globalization;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Entities;
using AiOutliers.Monitoring.Monitors;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// The data of windows. Of a window that is due or was due recently, only new buckets are asked for: what was before it comes from the
/// state of the entities. Of any other one all that is needed is read into a state that is dropped afterwards.
/// </summary>
internal sealed class EntityWindows(
    EngineSettings settings, OutlierAnalyzer analyzer, IDruidSource source, EntityStates states, TimeProvider clock)
{
    private const long MostBehind = 86_400_000;

    private readonly TopEntities _top = new(source, clock);
    private readonly EntityFeed _feed = new(source);
    private readonly EntityHistory _history = new(source, clock);

    /// <exception cref="Detection.AiOutliersException">The data source refused or failed.</exception>
    public async Task<EntityWindow> OpenAsync(MonitorWindow at, CancellationToken cancellation)
    {
        var (monitor, window) = (at.Document, at.Window);
        var (query, bounded) = await QueryAsync(monitor.Spec.Series, window, cancellation);
        if (query.LayoutOf(monitor.Spec, settings.History) is not { } layout
            || 2 * (window.To - window.From) > layout.Buckets * layout.Step)
            return await PastAsync(monitor.Spec, query, bounded, window, cancellation);
        var identity = IdentityOf(query, at.Stored);
        var state = await states.OpenAsync(monitor.Name, layout, identity, cancellation);
        // More than a day of all entities at once would be more than their whole values in turn.
        if (state.End > 0 && window.To - layout.TimeOf(state.End) > MostBehind)
            state = states.Renew(monitor.Name, layout, identity);
        if (state.End > 0 && window.From < layout.TimeOf(state.End) - layout.Buckets * layout.Step / 2)
            return await PastAsync(monitor.Spec, query, bounded, window, cancellation);
        if (!state.Reading.IsBegun)
            await _feed.BeginAsync(state, bounded.Query, window, window.From, cancellation);
        if (bounded.Keys is { } largest)
            state.Keep(largest);
        var newest = await _feed.NewestAsync(state, bounded.Query, window, cancellation);
        return new(analyzer, _history, query, bounded, state, window, newest) { Counts = states };
    }

    /// <summary>Of a window of any time.</summary>
    /// <exception cref="Detection.AiOutliersException">The data source refused or failed.</exception>
    public async Task<EntityWindow> OpenPastAsync(MonitorDocument monitor, Window window, CancellationToken cancellation)
    {
        var (query, bounded) = await QueryAsync(monitor.Spec.Series, window, cancellation);
        return await PastAsync(monitor.Spec, query, bounded, window, cancellation);
    }

    /// <summary>
    /// Whose values a state has. The store may be another database's, too, with a monitor of the same name and query over other rows.
    /// </summary>
    private static string IdentityOf(MonitorQuery query, StoredMonitor stored) =>
        string.Create(CultureInfo.InvariantCulture, $"{query.Identity}/{stored.CreatedAt}");

    private async Task<(MonitorQuery Query, BoundQuery Bounded)> QueryAsync(
        SeriesSpec series, Window window, CancellationToken cancellation)
    {
        var query = MonitorQuery.Of(series, settings.Traffic, window);
        return (query, await _top.BoundAsync(series, query, window, cancellation));
    }

    private async Task<EntityWindow> PastAsync(
        MonitorSpec spec, MonitorQuery query, BoundQuery bounded, Window window, CancellationToken cancellation)
    {
        var step = spec.Series.Step;
        var history = query.LayoutOf(spec, settings.History)?.Buckets ?? 0;
        var state = new MonitorEntities(
            new(step, history + (int)((window.To - window.From) / step), query.Metrics, spec.Series.By));
        await _feed.BeginAsync(state, bounded.Query, window, window.To, cancellation);
        if (!EntityJudge.HasManyValues(state, Math.Max(state.Reading.Pending.Count, state.Reading.Together)))
            state.KeepExact();
        return new(analyzer, _history, query, bounded, state, window, new SeriesSetBuilder().Build()) { Patience = TimeSpan.MaxValue };
    }
}
