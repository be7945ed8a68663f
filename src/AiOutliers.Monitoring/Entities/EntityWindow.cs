using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Entities;

/// <summary>A window over a state of entities: the rows that the state lacks are put into it, and each entity is judged.</summary>
/// <param name="analyzer">Judges.</param>
/// <param name="history">Reads the values of entities that are new.</param>
/// <param name="query">What is asked for.</param>
/// <param name="bounded">The same, of as many entities as the monitor may have.</param>
/// <param name="state">The entities; changed.</param>
/// <param name="window">The window.</param>
/// <param name="newest">The rows that the state lacks.</param>
internal sealed class EntityWindow(
    OutlierAnalyzer analyzer, EntityHistory history, MonitorQuery query, BoundQuery bounded, MonitorEntities state, Window window,
    SeriesSet newest)
{
    public const string Reading = "its history is still being read";

    /// <summary>Entities that are judged before others get a turn.</summary>
    private const int Batch = 256;

    /// <summary>Entities unseen for so long are dropped.</summary>
    private const long UnseenMilliseconds = 14 * 86_400_000L;

    private readonly uint _judgedUpTo = state.End;

    public Window Window => window;

    /// <summary>Whether the window before this one was judged elsewhere: by another node, or by a process that is gone.</summary>
    public bool IsTakenOver => _judgedUpTo != state.Layout.BucketOf(window.From);

    public IReadOnlyList<string> Metrics => query.Metrics;

    /// <summary>What to say where entities were left out; null where none was.</summary>
    public string? LeftOut => bounded.Words;

    /// <summary>Gets what was done; null: nobody wants to know.</summary>
    public EntityStates? Counts { get; init; }

    /// <summary>A run reads whole values for so long; entities that are ready are judged, and the next run goes on.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The rows of all entities, by the time of the bucket.</summary>
    public IReadOnlyDictionary<long, double> Rows { get; } = Counted(state, newest);

    /// <summary>Those of the window.</summary>
    public long RowsRead => (long)Rows
        .Where(bucket => bucket.Key >= window.From && bucket.Key < window.To).Sum(static bucket => bucket.Value);

    /// <summary>Rows of the data source's answers.</summary>
    public long RowsAnswered { get; private set; } = newest.Rows;

    /// <summary>Metrics of which no entity has a value in the window.</summary>
    public IReadOnlyList<string> MetricsWithoutValue => [.. query.Metrics.Where((_, metric) =>
        !state.HasValue(metric, state.Layout.BucketOf(window.From), state.Layout.BucketOf(window.To)))];

    /// <summary>A result without findings.</summary>
    public WindowResult Empty => new() { From = window.From, To = window.To, Step = state.Layout.Step };

    /// <summary>Puts in what is missing before the window can be judged.</summary>
    public async Task PrepareAsync(IProgress<double>? progress, CancellationToken cancellation)
    {
        state.Advance(state.Layout.BucketOf(window.To));
        // What is read from the newest bucket back begins with these rows, and takes the values' scale from more of them.
        if (state.Reading is not { Together: > 0, ReadFrom: null })
            EntityRows.Put(state, newest);
        if (window.To > UnseenMilliseconds)
            state.Drop(state.Layout.BucketOf(window.To - UnseenMilliseconds));
        var before = state.Loaded;
        RowsAnswered += await history.LoadAsync(state, bounded.Query, Patience, progress, cancellation);
        Counts?.Tell(0, 0, state.Loaded - before);
    }

    /// <summary>Series in which something was found elsewhere are judged as if it had been found here.</summary>
    public void TakeOver(IEnumerable<FoundSeries> found)
    {
        foreach (var series in found)
        {
            var metric = state.Layout.Metrics.TakeWhile(name => name != series.Metric).Count();
            if (metric < state.Layout.Metrics.Count
                && state.TryFind(EntityKeys.Of(IncidentFacts.KeyFrom(series.EntityKey), state.Layout.By), out var place))
            {
                var (shard, slot) = state.At(place);
                shard.Summary(slot, metric).Found(state.Layout.BucketOf(series.EndedAt), state.Layout);
            }
        }
    }

    /// <summary>Judges each entity.</summary>
    public async Task<WindowVerdict> JudgeAsync(AnalysisRequest request, IProgress<double>? progress, CancellationToken cancellation)
    {
        var judge = new EntityJudge(
            analyzer, request, state, window, EntityJudge.HasManyValues(state), IsTakenOver ? _judgedUpTo : null);
        var tally = new EntityTally(state);
        var verdicts = new EntityVerdict?[Batch];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        for (var first = 0; state.IsReady && first < state.Places; first += Batch)
        {
            var (start, count) = (first, Math.Min(Batch, state.Places - first));
            using (await analyzer.EnterAsync(cancellation))
            {
                await Task.Run(
                    () => Parallel.For(0, count, options, at => verdicts[at] = judge.Judge(start + at, cancellation)), cancellation);
            }
            for (var at = 0; at < count; at++)
                tally.Add(start + at, verdicts[at]);
            progress?.Report((1 + (double)(start + count) / state.Places) / 2);
        }
        Counts?.Tell(tally.Whole, tally.Skipped, 0);
        return tally.Verdict(Empty);
    }

    /// <summary>Counts the rows of the answer, without putting them into the state: the window may still have to wait.</summary>
    private static Dictionary<long, double> Counted(MonitorEntities state, SeriesSet newest)
    {
        foreach (var (time, count) in Completeness.Rows(newest))
            state.Reading.Rows[time] = count;
        return state.Reading.Rows;
    }
}
