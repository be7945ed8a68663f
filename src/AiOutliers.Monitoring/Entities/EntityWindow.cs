using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Monitoring.Entities;

/// <summary>A window of a monitor that keeps the state of its entities: only new buckets were asked for.</summary>
/// <param name="analyzer">Judges.</param>
/// <param name="feed">Asks for the values of entities that are new.</param>
/// <param name="states">Counts.</param>
/// <param name="state">The entities; changed.</param>
/// <param name="query">What is asked for, of all of them.</param>
/// <param name="window">The window.</param>
/// <param name="newest">The rows that the state lacks.</param>
internal sealed class EntityWindow(
    OutlierAnalyzer analyzer, EntityFeed feed, EntityStates states, MonitorEntities state, DruidQuery query, Window window,
    SeriesSet newest) : IWindowData
{
    public const string Reading = "its history is still being read";

    /// <summary>Entities that are judged before others get a turn.</summary>
    private const int Batch = 256;

    /// <summary>Entities unseen for so long are dropped.</summary>
    private const long UnseenMilliseconds = 14 * 86_400_000L;

    public IReadOnlyDictionary<long, double> Rows => state.Rows;

    public long RowsAnswered { get; private set; } = newest.Rows;

    public string? Warning => null;

    /// <summary>Counts the rows of the answer, without putting them into the state: the window may still have to wait.</summary>
    public void Count()
    {
        foreach (var (time, count) in Completeness.Rows(newest))
            state.Rows[time] = count;
    }

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        var end = state.Layout.BucketOf(window.To);
        state.Advance(end);
        EntityRows.Put(state, newest);
        if (window.To > UnseenMilliseconds)
            state.Drop(state.Layout.BucketOf(window.To - UnseenMilliseconds));
        var before = state.Loaded;
        RowsAnswered += await feed.LoadAsync(state, query, cancellation);
        states.Tell(0, 0, state.Loaded - before);
    }

    public async Task<WindowVerdict> JudgeAsync(AnalysisRequest request, WindowResult empty, CancellationToken cancellation)
    {
        var judge = new EntityJudge(analyzer, request, state, window, skips: EntityJudge.HasManyValues(state));
        var tally = new EntityTally(state);
        var verdicts = new EntityVerdict?[Batch];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        for (var first = 0; first < state.Places; first += Batch)
        {
            var (start, count) = (first, Math.Min(Batch, state.Places - first));
            using (await analyzer.EnterAsync(cancellation))
            {
                await Task.Run(
                    () => Parallel.For(0, count, options, at => verdicts[at] = judge.Judge(start + at, cancellation)), cancellation);
            }
            for (var at = 0; at < count; at++)
                tally.Add(start + at, verdicts[at]);
        }
        states.Tell(tally.Whole, tally.Skipped, 0);
        return tally.Verdict(empty);
    }
}
