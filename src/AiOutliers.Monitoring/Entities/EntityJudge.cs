using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// Judges one entity after another in a window. May be called from several threads, each with its own entities.
/// </summary>
/// <param name="analyzer">Has the detector.</param>
/// <param name="request">How a series is judged.</param>
/// <param name="state">The entities.</param>
/// <param name="window">Whose verdicts are wanted.</param>
/// <param name="skips">Whether series may be left out that are far from every alarm.</param>
/// <param name="elsewhereFrom">The windows from this bucket up to this one were judged elsewhere; null where none was.</param>
internal sealed class EntityJudge(
    OutlierAnalyzer analyzer, AnalysisRequest request, MonitorEntities state, Window window, bool skips = true, uint? elsewhereFrom = null)
{
    /// <summary>An entity has to be known for so long before it may alarm.</summary>
    private const long LearningMilliseconds = 86_400_000;

    public const string Learning = "learning: known for less than a day";

    /// <summary>Values whose judgement takes some two seconds of a core: 2,000 series of two weeks at five minutes.</summary>
    private const long FewValues = 8_000_000;

    private readonly EntitySeriesJudge _series = new(analyzer, request, state, window, skips) { ElsewhereFrom = elsewhereFrom };
    private readonly EntityLayout _layout = state.Layout;
    private readonly uint _from = state.Layout.BucketOf(window.From);
    private readonly uint _end = state.Layout.BucketOf(window.To);

    /// <summary>Whether there is so much that it is worth to leave series out. Less is judged whole, which costs little.</summary>
    /// <param name="state">The state.</param>
    /// <param name="entities">How many it will have; null: as it has.</param>
    public static bool HasManyValues(MonitorEntities state, int? entities = null) =>
        AreMany((long)(entities ?? state.Count) * state.Layout.Metrics.Count * state.Layout.Buckets);

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
            verdict = Join(verdict, _series.Judge(place, metric, key, cancellation), isFirst: metric == 0);
        return verdict;
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
