using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Entities;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>Asks for the data of one window and has the engine judge it. Of the database it changes nothing.</summary>
internal sealed class WindowJudge(
    EngineSettings settings, OutlierAnalyzer analyzer, IDruidSource source, EntityStates states, IncidentStore incidents,
    TimeProvider clock)
{
    /// <summary>So long after its incident a series is looked at more closely.</summary>
    private const long Remembered = IncidentLife.ReopenMilliseconds + 86_400_000;

    private const string NothingEver = "neither the window nor its history has rows; check data source, filter and interval";

    private readonly EntityWindows _windows = new(settings, analyzer, source, states, clock);

    /// <summary>
    /// Judges a window: the next one, or one of the last days again. Rows that came late are put in their places, and their entities are
    /// judged with them.
    /// </summary>
    /// <param name="at">The window.</param>
    /// <param name="mayWait">Whether missing rows may still come.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Detection.AiOutliersException">The data source refused or failed.</exception>
    public async Task<JudgedWindow> JudgeAsync(MonitorWindow at, bool mayWait, CancellationToken cancellation)
    {
        var (monitor, started) = (at.Document, clock.GetTimestamp());
        var data = await _windows.OpenAsync(at, cancellation);
        var missing = await MissingAsync(monitor.Spec, data, cancellation);
        if (mayWait && missing is not null)
        {
            return new()
            {
                State = RunStates.Waiting,
                Reason = missing,
                Result = data.Empty,
                RowsRead = data.RowsRead,
                Source = clock.GetElapsedTime(started),
            };
        }
        var known = data.IsTakenOver
            ? await incidents.FoundSinceAsync(monitor.Name, at.Window.From - Remembered, cancellation)
            : [];
        var judged = await JudgeAsync(monitor.Spec, data, missing, started, known, null, cancellation);
        await states.SaveAsync(monitor.Name, cancellation);
        return judged;
    }

    /// <summary>Judges a window with all that was before it, and keeps nothing.</summary>
    /// <param name="monitor">The monitor.</param>
    /// <param name="window">The window.</param>
    /// <param name="progress">Gets the share that is done.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<JudgedWindow> JudgePastAsync(
        MonitorDocument monitor, Window window, IProgress<double>? progress, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var data = await _windows.OpenPastAsync(monitor, window, cancellation);
        var missing = await MissingAsync(monitor.Spec, data, cancellation);
        return await JudgeAsync(monitor.Spec, data, missing, started, [], progress, cancellation);
    }

    private async Task<JudgedWindow> JudgeAsync(
        MonitorSpec spec, EntityWindow data, string? missing, long started, IReadOnlyList<FoundSeries> known,
        IProgress<double>? progress, CancellationToken cancellation)
    {
        await data.PrepareAsync(progress, cancellation);
        data.TakeOver(known);
        var (source, judging) = (clock.GetElapsedTime(started), clock.GetTimestamp());
        var verdict = await data.JudgeAsync(RequestOf(spec, data), progress, cancellation);
        var (state, reason) =
            data.RowsRead == 0 ? (RunStates.NoData, data.Rows.Count == 0 ? NothingEver : "the window has no rows")
            : missing is null ? (RunStates.Done, Joined(NoResult.Of(spec, data, verdict), data.LeftOut))
            : (RunStates.Incomplete, Joined(missing, data.LeftOut));
        return new()
        {
            State = state,
            Reason = reason,
            Result = SilentSource.Of(verdict.Result, data.RowsRead, data.Metrics[0]),
            RowsRead = data.RowsRead,
            RowsAnswered = data.RowsAnswered,
            NotJudged = verdict.NotJudged,
            Whole = verdict.Whole,
            Source = source,
            Judging = clock.GetElapsedTime(judging),
        };
    }

    private static string? Joined(string? one, string? other) => one is null || other is null ? one ?? other : $"{one}; {other}";

    private AnalysisRequest RequestOf(MonitorSpec spec, EntityWindow data) => new()
    {
        Detector = MonitorDetectors.Create(spec, settings),
        ModelOfSensor = false,
        Metrics = string.Join(',', data.Metrics),
        CompleteUntil = DateTimeOffset.FromUnixTimeMilliseconds(data.Empty.To),
    };

    /// <summary>What says that rows are still on the way; null where nothing does.</summary>
    private async Task<string?> MissingAsync(MonitorSpec spec, EntityWindow data, CancellationToken cancellation)
    {
        var (window, step) = (data.Window, spec.Series.Step);
        var share = Completeness.Share(data.Rows, window, step);
        if (data.Rows.Count == 0 || (share ?? (data.Rows.ContainsKey(window.To - step) ? 1 : 0)) >= spec.MinShare)
            return null;
        var newest = await TimeBoundary.LastAsync(source, DataSourceSpec.Table(spec.Series.DataSource), cancellation);
        return newest >= window.To ? null
            : $"the last bucket has {share ?? 0:P0} of the usual rows, and nothing newer has arrived";
    }
}
