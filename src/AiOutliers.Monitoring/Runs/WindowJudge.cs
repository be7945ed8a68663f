using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>Asks for the data of one window, with the history before it, and has the engine judge it. Writes nothing.</summary>
internal sealed class WindowJudge(EngineSettings settings, OutlierAnalyzer analyzer, IDruidSource source, TimeProvider clock)
{
    /// <summary>An entity has to be known for so long before it may alarm.</summary>
    private const long LearningMilliseconds = 86_400_000;

    private readonly SeriesHistory _history = new(source, settings.History, clock);
    private readonly TopEntities _top = new(source, clock);

    /// <param name="monitor">The monitor.</param>
    /// <param name="window">The window.</param>
    /// <param name="mayWait">Whether missing rows may still come.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Detection.AiOutliersException">The data source refused or failed.</exception>
    public async Task<JudgedWindow> JudgeAsync(MonitorDocument monitor, Window window, bool mayWait, CancellationToken cancellation)
    {
        var spec = monitor.Spec;
        var query = MonitorQuery.Of(spec.Series, settings.Traffic, window);
        var started = clock.GetTimestamp();
        var (bounded, leftOut) = await _top.BoundAsync(spec.Series, query, window, cancellation);
        var fetched = await _history.QueryAsync(bounded, spec.History, cancellation);
        fetched = fetched with { AskedFrom = window.From, Coverage = fetched.Coverage with { Until = window.To } };
        var rows = Completeness.Rows(fetched.Series);
        var missing = await MissingAsync(spec, rows, window, cancellation);
        var sourceTime = clock.GetElapsedTime(started);
        var read = (long)rows.Where(bucket => bucket.Key >= window.From && bucket.Key < window.To).Sum(static bucket => bucket.Value);
        var empty = new WindowResult { From = window.From, To = window.To, Step = spec.Series.Step };
        if (missing is not null && mayWait)
            return new() { State = RunStates.Waiting, Reason = missing, Result = empty, RowsRead = read, Source = sourceTime };
        started = clock.GetTimestamp();
        var (result, notJudged) = await JudgeAsync(spec, query, fetched, empty, cancellation);
        var (state, reason) = read == 0 ? (RunStates.NoData, rows.Count == 0 ? NothingEver : "the window has no rows")
            : missing is null ? (RunStates.Done, fetched.Warning ?? leftOut)
            : (RunStates.Incomplete, missing);
        if (read == 0)
            result = AllSilent(result, query.Metrics[0]);
        return new()
        {
            State = state,
            Reason = reason,
            Result = result,
            RowsRead = read,
            RowsAnswered = fetched.Series.Rows,
            NotJudged = notJudged,
            Source = sourceTime,
            Judging = clock.GetElapsedTime(started),
        };
    }

    private const string NothingEver = "neither the window nor its history has rows; check data source, filter and interval";

    /// <summary>What says that rows are still on the way; null where nothing does.</summary>
    private async Task<string?> MissingAsync(
        MonitorSpec spec, Dictionary<long, double> rows, Window window, CancellationToken cancellation)
    {
        var share = Completeness.Share(rows, window, spec.Series.Step);
        if (rows.Count == 0 || (share ?? (rows.ContainsKey(window.To - spec.Series.Step) ? 1 : 0)) >= spec.MinShare)
            return null;
        var newest = await TimeBoundary.LastAsync(source, DataSourceSpec.Table(spec.Series.DataSource), cancellation);
        return newest >= window.To ? null
            : $"the last bucket has {share ?? 0:P0} of the usual rows, and nothing newer has arrived";
    }

    private async Task<(WindowResult, Dictionary<string, int>)> JudgeAsync(
        MonitorSpec spec, MonitorQuery query, FetchedSeries fetched, WindowResult empty, CancellationToken cancellation)
    {
        var request = new AnalysisRequest
        {
            Detector = MonitorDetectors.Create(spec, settings),
            ModelOfSensor = false,
            Metrics = string.Join(',', query.Metrics),
            CompleteUntil = DateTimeOffset.FromUnixTimeMilliseconds(empty.To),
        };
        var (findings, judged) = (new List<Finding>(), new HashSet<SeriesKey>());
        var notJudged = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var (report, index) in Indexed(new SeriesJudge(analyzer).JudgeAsync(fetched, request, cancellation)))
        {
            // A series without any row is that of a filter which matches nothing.
            if (fetched.Series.Table(index) is not { Rows: > 0 } table)
                continue;
            var first = table.Times[0];
            var why = report.NotJudged is null && first > empty.To - LearningMilliseconds && fetched.Coverage.From < first
                ? "learning: known for less than a day"
                : report.NotJudged;
            if (report.Report is null && SilentSeries.Of(table.Covering(fetched.Coverage), query.Metrics[0], empty.To) is { } silence)
                findings.Add(new(report.Key, query.Metrics[0], silence));
            else if (why is not null)
                notJudged[why] = notJudged.GetValueOrDefault(why) + 1;
            else
                Add(report, findings, judged);
        }
        // What stands for all of them is over when any has rows.
        if (judged.Count > 0)
            judged.Add(SeriesKey.None);
        return (empty with { Findings = findings, Judged = judged }, notJudged);
    }

    /// <summary>Where every entity is silent it is the source that is: said once.</summary>
    private static WindowResult AllSilent(WindowResult result, string metric) => result.Findings is [var first, _, ..] all
        ? result with
        {
            Findings =
            [
                new(SeriesKey.None, metric, first.Incident with
                {
                    Start = all.Max(static finding => finding.Incident.Start),
                    Reason = $"no data of any of {all.Count} entities: the data source, or what feeds it, is silent",
                }),
            ],
        }
        : result;

    private static void Add(SeriesReport report, List<Finding> findings, HashSet<SeriesKey> judged)
    {
        judged.Add(report.Key);
        foreach (var one in report.Report!.Reports)
            findings.AddRange(one.Result.Incidents.Select(incident => new Finding(report.Key, one.Metric, incident)));
    }

    private static async IAsyncEnumerable<(SeriesReport Report, int Index)> Indexed(IAsyncEnumerable<SeriesReport> reports)
    {
        var index = 0;
        await foreach (var report in reports)
            yield return (report, index++);
    }
}
