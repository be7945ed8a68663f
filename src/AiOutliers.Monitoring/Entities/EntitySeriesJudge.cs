using AiOutliers.Detection.Detectors;
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
    /// <summary>
    /// An hour at five minutes: what lasts longer without being clear is told so much later. Of ten thousand series that are out at once
    /// each window takes ten seconds.
    /// </summary>
    private const int MostElsewhere = 12;

    private readonly SeasonalScanDetector? _detector = request.Detector as SeasonalScanDetector;

    /// <summary>Null where every series is judged: of other detectors nobody knows how near they are to an alarm.</summary>
    private readonly NewestPoint? _newest = skips ? (request.Detector as SeasonalScanDetector)?.Newest : null;

    private readonly EntityLayout _layout = state.Layout;
    private readonly uint _from = state.Layout.BucketOf(window.From);
    private readonly uint _end = state.Layout.BucketOf(window.To);

    /// <summary>The windows from this bucket up to this one were judged elsewhere; null where none was.</summary>
    public uint? ElsewhereFrom { get; init; }

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
        if (isDue)
            shard.Rescale(slot, metric);
        var result = Whole(place, metric, isDue ? null : window.From, window.To, cancellation);
        summary.NoVerdict = state.Reasons.NumberOf(result.NoVerdict);
        var found = result.Incidents.Where(incident => incident.Start < window.To && incident.End > window.From).ToList();
        if (found.Count == 0 && faint is not null)
            found.Add(faint);
        var since = found.Count > 0 ? FoundFrom(summary, place, metric, found.Min(static one => one.Start), cancellation) : 0;
        Remember(ref summary, since);
        if (_newest is not null && (isDue || !summary.Known.IsLearned))
            series.Learn(_newest);
        summary.IsDue = false;
        return Verdict(key, metric, result.NoVerdict, found, summary.FoundFrom);
    }

    /// <summary>
    /// The first of the windows, one after the other up to this one, in which something was found. Those that were judged elsewhere are
    /// judged again, back to the begin of what is found now.
    /// </summary>
    private uint FoundFrom(in SeriesSummary summary, int place, int metric, long start, CancellationToken cancellation)
    {
        if (ElsewhereFrom is not { } known)
            return summary.FoundUpTo(_from, _layout) ?? _from;
        var (first, width) = (_from, _end - _from);
        var oldest = Math.Max(Math.Max(known, state.Start + width), _layout.BucketOf(start));
        for (var windows = 0; windows < MostElsewhere && first >= oldest + width; windows++)
        {
            if (!IsFound(place, metric, first - width, first, cancellation))
                return first;
            first -= width;
        }
        return first == known ? summary.FoundUpTo(known, _layout) ?? first : first;
    }

    private bool IsFound(int place, int metric, uint from, uint end, CancellationToken cancellation)
    {
        var (shard, slot) = state.At(place);
        var values = new double[end - from];
        shard.Read(slot, metric, from, values);
        if (shard.Times[slot].First >= from || Array.TrueForAll(values, double.IsNaN))
            return false;
        if (_detector is not null && new EntitySeries(state, shard, slot, metric, from, end).Faint(_detector.Options) is not null)
            return true;
        var (begin, until) = (_layout.TimeOf(from), _layout.TimeOf(end));
        return Whole(place, metric, begin, until, cancellation).Incidents.Any(one => one.Start < until && one.End > begin);
    }

    private DetectionResult Whole(int place, int metric, long? from, long until, CancellationToken cancellation)
    {
        var asked = request with
        {
            Table = EntityTables.Of(state, place, [metric], until),
            Metrics = _layout.Metrics[metric],
            AskedFrom = from,
            CompleteUntil = DateTimeOffset.FromUnixTimeMilliseconds(until),
        };
        return analyzer.JudgeRows(asked, cancellation).Reports[0].Result;
    }

    /// <summary>A window of old, which is judged again, says nothing of how long something has been found.</summary>
    private void Remember(ref SeriesSummary summary, uint foundFrom)
    {
        if (foundFrom > 0)
            summary.Found(_end, _layout);
        if (_end == state.End)
            summary.FoundFrom = foundFrom;
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
