using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Detectors.Seasonal.Newest;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// Judges one entity after another in a window. A series that is far from every alarm is ordinary; all others are judged by the detector,
/// over all of their values. So is each of them once a day, one that is new or was corrected, and one of which something was found of late.
/// May be called from several threads, each with its own entities.
/// </summary>
/// <param name="analyzer">Has the detector.</param>
/// <param name="request">How a series is judged.</param>
/// <param name="state">The entities.</param>
/// <param name="window">Whose verdicts are wanted.</param>
/// <param name="skips">Whether series may be left out that are far from every alarm.</param>
internal sealed class EntityJudge(
    OutlierAnalyzer analyzer, AnalysisRequest request, MonitorEntities state, Window window, bool skips = true)
{
    /// <summary>An entity has to be known for so long before it may alarm.</summary>
    private const long LearningMilliseconds = 86_400_000;

    public const string Learning = "learning: known for less than a day";

    /// <summary>Values whose judgement takes some two seconds of a core: 2,000 series of two weeks at five minutes.</summary>
    private const long FewValues = 8_000_000;

    /// <summary>Null where every series is judged: of other detectors nobody knows how near they are to an alarm.</summary>
    private readonly NewestPoint? _newest = skips ? (request.Detector as SeasonalScanDetector)?.Newest : null;

    /// <summary>So many buckets after a finding a series is judged whole: as long as its incident may go on.</summary>
    private readonly uint _hot =
        (uint)Math.Max(IncidentLife.OrdinaryBuckets + 1, IncidentLife.ReopenMilliseconds / state.Layout.Step);

    private readonly EntityLayout _layout = state.Layout;
    private readonly uint _from = state.Layout.BucketOf(window.From);
    private readonly uint _end = state.Layout.BucketOf(window.To);

    /// <summary>Whether there is so much that it is worth to leave series out. Less is judged whole, which costs little.</summary>
    public static bool HasManyValues(MonitorEntities state) =>
        AreMany((long)state.Count * state.Layout.Metrics.Count * state.Layout.Buckets);

    public static bool AreMany(long values) => values > FewValues;

    /// <returns>Null where there is no entity at this place, or none yet at that time.</returns>
    public EntityVerdict? Judge(int place, CancellationToken cancellation)
    {
        var (shard, slot) = state.At(place);
        var (key, times) = (shard.Keys[slot], shard.Times[slot]);
        if (key is null || times.Last == 0 || times.First >= _end)
            return null;
        if (!HasRows(shard, slot))
            return Silent(place, key);
        var (first, begin) = (_layout.TimeOf(times.First), Math.Max(state.Reading.DataFrom ?? 0, _layout.TimeOf(state.KnownFrom)));
        if (first > window.To - LearningMilliseconds && begin < first)
            return new() { NotJudged = Learning };
        var verdict = EntityVerdict.Ordinary;
        for (var metric = 0; metric < _layout.Metrics.Count; metric++)
            verdict = Join(verdict, Judge(place, metric, key, cancellation), isFirst: metric == 0);
        return verdict;
    }

    private EntityVerdict Judge(int place, int metric, string key, CancellationToken cancellation)
    {
        var (shard, slot) = state.At(place);
        ref var summary = ref shard.Summary(slot, metric);
        var series = new EntitySeries(state, shard, slot, metric, _from, _end);
        var isDue = summary.IsDue || series.IsItsTime(EntityKeys.Spread(key));
        if (!isDue && _newest is not null && summary.HotUntil < _end && series.IsOrdinary(_newest))
            return state.Reasons.Of(summary.NoVerdict) is { } why ? new() { NotJudged = why, Skipped = 1 } : EntityVerdict.Ordinary;
        var verdict = JudgeWhole(place, metric, key, isDue, cancellation);
        if (_newest is not null && (isDue || !summary.Known.IsLearned))
            series.Learn(_newest);
        summary.IsDue = false;
        return verdict;
    }

    private EntityVerdict JudgeWhole(int place, int metric, string key, bool isDue, CancellationToken cancellation)
    {
        var (shard, slot) = state.At(place);
        ref var summary = ref shard.Summary(slot, metric);
        if (isDue)
            shard.Rescale(slot, metric);
        var table = EntityTables.Of(state, place, [metric], window.To);
        var report = analyzer.JudgeRows(
            request with { Table = table, Metrics = _layout.Metrics[metric], AskedFrom = isDue ? null : window.From }, cancellation);
        var result = report.Reports[0].Result;
        summary.NoVerdict = state.Reasons.NumberOf(result.NoVerdict);
        var found = result.Incidents.Where(incident => incident.Start < window.To && incident.End > window.From).ToList();
        if (found.Count > 0)
            summary.HotUntil = Math.Max(summary.HotUntil, _end + _hot);
        var owner = EntityKeys.Read(key, _layout.By);
        return new()
        {
            Whole = 1,
            NotJudged = result.NoVerdict,
            Findings = [.. found.Select(incident => new Finding(owner, _layout.Metrics[metric], incident))],
        };
    }

    private EntityVerdict Silent(int place, string key)
    {
        var table = EntityTables.Of(state, place, [0], window.To);
        var silence = table.Rows > 0 ? SilentSeries.Of(table, _layout.Metrics[0], window.To) : null;
        return silence is null
            ? new() { NotJudged = "no rows in the window" }
            : new() { IsSilent = true, Findings = [new(EntityKeys.Read(key, _layout.By), _layout.Metrics[0], silence)] };
    }

    private bool HasRows(EntityShard shard, int slot)
    {
        for (var bucket = _from; bucket < _end; bucket++)
        {
            for (var metric = 0; metric < _layout.Metrics.Count; metric++)
            {
                if (shard.Ring(slot, metric)[(int)(bucket % (uint)_layout.Buckets)] != CompactScale.Missing)
                    return true;
            }
        }
        return false;
    }

    /// <summary>An entity was not judged where none of its metrics was.</summary>
    private static EntityVerdict Join(EntityVerdict all, EntityVerdict one, bool isFirst) => isFirst ? one : new()
    {
        Findings = [.. all.Findings, .. one.Findings],
        NotJudged = one.NotJudged is null ? null : all.NotJudged,
        Whole = all.Whole + one.Whole,
        Skipped = all.Skipped + one.Skipped,
    };
}
