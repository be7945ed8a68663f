using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Entities;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Asks for the data of one window and has the engine judge it. What was before it comes from the state of the entities, which asks for new
/// buckets only. Of the database it changes nothing.
/// </summary>
internal sealed class WindowJudge(
    EngineSettings settings, OutlierAnalyzer analyzer, IDruidSource source, EntityStates states, TimeProvider clock)
{
    private const string NothingEver = "neither the window nor its history has rows; check data source, filter and interval";

    private const long MostBehind = 86_400_000;

    private readonly SeriesHistory _history = new(source, settings.History, clock);
    private readonly TopEntities _top = new(source, clock);
    private readonly EntityFeed _feed = new(source, clock);

    /// <summary>
    /// Judges a window: the next one, or one of the last days again. Rows that came late are put in their places, and their entities are
    /// judged with them.
    /// </summary>
    /// <param name="monitor">The monitor.</param>
    /// <param name="window">The window.</param>
    /// <param name="mayWait">Whether missing rows may still come.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Detection.AiOutliersException">The data source refused or failed.</exception>
    public async Task<JudgedWindow> JudgeAsync(MonitorDocument monitor, Window window, bool mayWait, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var query = MonitorQuery.Of(monitor.Spec.Series, settings.Traffic, window);
        var bounded = await _top.BoundAsync(monitor.Spec.Series, query, window, cancellation);
        var data = await KeptAsync(monitor, query, bounded, window, cancellation)
            ?? await FetchAsync(monitor.Spec, query, bounded.Query, window, cancellation);
        var judged = await JudgeAsync(monitor.Spec, query, data, window, bounded.Words, mayWait, started, cancellation);
        await states.SaveAsync(monitor.Name, cancellation);
        return judged;
    }

    /// <summary>Judges a window with all that was before it, and keeps nothing.</summary>
    public async Task<JudgedWindow> JudgeWholeAsync(MonitorDocument monitor, Window window, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var query = MonitorQuery.Of(monitor.Spec.Series, settings.Traffic, window);
        var bounded = await _top.BoundAsync(monitor.Spec.Series, query, window, cancellation);
        var data = await FetchAsync(monitor.Spec, query, bounded.Query, window, cancellation);
        return await JudgeAsync(monitor.Spec, query, data, window, bounded.Words, mayWait: false, started, cancellation);
    }

    private async Task<JudgedWindow> JudgeAsync(
        MonitorSpec spec, MonitorQuery query, IWindowData data, Window window, string? leftOut, bool mayWait, long started,
        CancellationToken cancellation)
    {
        var missing = await MissingAsync(spec, data.Rows, window, cancellation);
        var read = (long)data.Rows.Where(bucket => bucket.Key >= window.From && bucket.Key < window.To).Sum(static bucket => bucket.Value);
        var empty = new WindowResult { From = window.From, To = window.To, Step = spec.Series.Step };
        if (missing is not null && mayWait)
        {
            return new()
            {
                State = RunStates.Waiting,
                Reason = missing,
                Result = empty,
                RowsRead = read,
                Source = clock.GetElapsedTime(started),
            };
        }
        await data.PrepareAsync(cancellation);
        var sourceTime = clock.GetElapsedTime(started);
        started = clock.GetTimestamp();
        var verdict = await data.JudgeAsync(RequestOf(spec, query, window), empty, cancellation);
        var (state, reason) = read == 0 ? (RunStates.NoData, data.Rows.Count == 0 ? NothingEver : "the window has no rows")
            : missing is null ? (RunStates.Done, data.Warning ?? leftOut)
            : (RunStates.Incomplete, missing);
        return new()
        {
            State = state,
            Reason = reason,
            Result = SilentSource.Of(verdict.Result, read, query.Metrics[0]),
            RowsRead = read,
            RowsAnswered = data.RowsAnswered,
            NotJudged = verdict.NotJudged,
            Whole = verdict.Whole,
            Source = sourceTime,
            Judging = clock.GetElapsedTime(started),
        };
    }

    /// <returns>Null where a monitor keeps no state, or the window is too long or too long ago for it.</returns>
    private async Task<IWindowData?> KeptAsync(
        MonitorDocument monitor, MonitorQuery query, BoundQuery bounded, Window window, CancellationToken cancellation)
    {
        if (query.LayoutOf(monitor.Spec, settings.History) is not { } layout
            || 2 * (window.To - window.From) > layout.Buckets * layout.Step)
            return null;
        var state = await states.OpenAsync(monitor.Name, layout, query.Identity, cancellation);
        // More than a day of all entities at once would be more than their whole values in turn.
        if (state.End > 0 && window.To - layout.TimeOf(state.End) > MostBehind)
            state = states.Renew(monitor.Name);
        if (state.End > 0 && window.From < layout.TimeOf(state.End) - layout.Buckets * layout.Step / 2)
            return null;
        if (!state.IsBegun)
            await _feed.BeginAsync(state, bounded.Query, window, cancellation);
        if (bounded.Keys is { } largest)
            state.Keep(largest);
        var data = new EntityWindow(
            analyzer, _feed, states, state, bounded.Query, window, await _feed.NewestAsync(state, bounded.Query, window, cancellation));
        data.Count();
        return data;
    }

    private async Task<IWindowData> FetchAsync(
        MonitorSpec spec, MonitorQuery query, DruidQuery bounded, Window window, CancellationToken cancellation)
    {
        var fetched = await _history.QueryAsync(bounded, spec.History, cancellation);
        return new FetchedWindow(
            analyzer, query, fetched with { AskedFrom = window.From, Coverage = fetched.Coverage with { Until = window.To } });
    }

    private AnalysisRequest RequestOf(MonitorSpec spec, MonitorQuery query, Window window) => new()
    {
        Detector = MonitorDetectors.Create(spec, settings),
        ModelOfSensor = false,
        Metrics = string.Join(',', query.Metrics),
        CompleteUntil = DateTimeOffset.FromUnixTimeMilliseconds(window.To),
    };

    /// <summary>What says that rows are still on the way; null where nothing does.</summary>
    private async Task<string?> MissingAsync(
        MonitorSpec spec, IReadOnlyDictionary<long, double> rows, Window window, CancellationToken cancellation)
    {
        var share = Completeness.Share(rows, window, spec.Series.Step);
        if (rows.Count == 0 || (share ?? (rows.ContainsKey(window.To - spec.Series.Step) ? 1 : 0)) >= spec.MinShare)
            return null;
        var newest = await TimeBoundary.LastAsync(source, DataSourceSpec.Table(spec.Series.DataSource), cancellation);
        return newest >= window.To ? null
            : $"the last bucket has {share ?? 0:P0} of the usual rows, and nothing newer has arrived";
    }
}
