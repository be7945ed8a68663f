using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Detectors.Seasonal.Newest;
using AiOutliers.Detection.Incidents;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// Judges one series after another in a window. One that is far from every alarm is ordinary; all others are judged by the detector, over
/// all of their values. So is each of them once a day, one that is new or was corrected, and one in which something was found recently.
/// </summary>
internal sealed class EntitySeriesJudge(
    OutlierAnalyzer analyzer, AnalysisRequest request, MonitorEntities state, Window window, bool skips)
{
    private readonly SeasonalScanDetector? _detector = request.Detector as SeasonalScanDetector;

    /// <summary>Null where every series is judged: of other detectors nobody knows how near they are to an alarm.</summary>
    private readonly NewestPoint? _newest = skips ? (request.Detector as SeasonalScanDetector)?.Newest : null;

    private readonly EntityLayout _layout = state.Layout;
    private readonly uint _from = state.Layout.BucketOf(window.From);
    private readonly uint _end = state.Layout.BucketOf(window.To);

    public EntityVerdict Judge(int place, int metric, string key, CancellationToken cancellation)
    {
        var (shard, slot) = state.At(place);
        ref var summary = ref shard.Summary(slot, metric);
        var series = new EntitySeries(state, shard, slot, metric, _from, _end);
        var spread = EntityKeys.Spread(key);
        var isDue = summary.IsDue || series.IsItsTime(spread);
        var faint = _detector is null ? null : series.Faint(_detector.Options);
        if (!isDue && faint is null && _newest is not null && summary.HotUntil < _end && series.IsOrdinary(_newest, spread))
            return state.Reasons.Of(summary.NoVerdict) is { } why ? new() { NotJudged = why, Skipped = 1 } : EntityVerdict.Ordinary;
        var result = Whole(place, metric, isDue, cancellation);
        summary.NoVerdict = state.Reasons.NumberOf(result.NoVerdict);
        var found = result.Incidents.Where(incident => incident.Start < window.To && incident.End > window.From).ToList();
        if (found.Count == 0 && faint is not null)
            found.Add(faint);
        Remember(ref summary, found.Count > 0);
        if (_newest is not null && (isDue || !summary.Known.IsLearned))
            series.Learn(_newest);
        summary.IsDue = false;
        return Verdict(key, metric, result.NoVerdict, found, summary.FoundFrom);
    }

    private Detection.Detectors.DetectionResult Whole(int place, int metric, bool isDue, CancellationToken cancellation)
    {
        var (shard, slot) = state.At(place);
        if (isDue)
            shard.Rescale(slot, metric);
        var table = EntityTables.Of(state, place, [metric], window.To);
        var report = analyzer.JudgeRows(
            request with { Table = table, Metrics = _layout.Metrics[metric], AskedFrom = isDue ? null : window.From }, cancellation);
        return report.Reports[0].Result;
    }

    /// <summary>A window of old, which is judged again, says nothing of how long something has been found.</summary>
    private void Remember(ref SeriesSummary summary, bool isFound)
    {
        if (isFound)
            summary.Found(_end, _layout);
        if (_end == state.End)
            summary.FoundFrom = !isFound ? 0 : summary.FoundFrom == 0 ? _from : Math.Min(summary.FoundFrom, _from);
    }

    private EntityVerdict Verdict(string key, int metric, string? noVerdict, List<Incident> found, uint since)
    {
        var owner = EntityKeys.Read(key, _layout.By);
        return new()
        {
            Whole = 1,
            NotJudged = noVerdict,
            Findings =
            [
                .. found.Select(incident => new Finding(owner, _layout.Metrics[metric], incident)
                {
                    Since = since == 0 ? null : _layout.TimeOf(since),
                }),
            ],
        };
    }
}
