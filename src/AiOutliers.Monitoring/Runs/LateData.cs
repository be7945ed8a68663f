using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Rows that come after their window was judged: one short query counts those of the last day, and a window that has grown by more than 5 %
/// is judged again as its next attempt.
/// </summary>
internal sealed class LateData(
    Database database, RunStore runs, WindowJudge judge, WindowSaving saving, TrafficSchema traffic, IDruidSource source,
    TimeProvider clock)
{
    private const double Growth = 1.05;

    /// <summary>A monitor with so large a share of the entities that it may have was perhaps bounded to them.</summary>
    private const double Bounded = 0.9;

    private const long Reach = 86_400_000;

    /// <summary>By monitor and window, the rows of those whose last bucket was still being filled at the last look.</summary>
    private readonly ConcurrentDictionary<(string Monitor, long From), long> _filling = new();

    /// <returns>The windows that were judged again, the oldest first.</returns>
    public async IAsyncEnumerable<StoredRun> RunAsync(
        StoredMonitor stored, MonitorDocument monitor, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var old in _filling.Keys.Where(key => key.From < Now() - 2 * Reach))
            _filling.TryRemove(old, out _);
        // Windows of another revision were counted by another filter.
        var judged = (await runs.JudgedSinceAsync(stored.Name, Now() - Reach, cancellation))
            .Where(run => run.Revision == stored.Revision).ToList();
        if (judged.Count == 0 || await CountAsync(monitor, judged, cancellation) is not { } counts)
            yield break;
        var grown = await database.WriteAsync(transaction => GrownAsync(transaction, monitor.Spec, judged, counts), cancellation);
        foreach (var (run, rows) in grown)
        {
            if (await AgainAsync(new(stored, monitor, new(run.WindowFrom, run.WindowTo)), run, rows, cancellation) is { } again)
                yield return again;
        }
    }

    /// <summary>Those that have more rows now; what the others have is remembered the first time.</summary>
    private static async Task<List<(StoredRun Run, long Rows)>> GrownAsync(
        DbTransaction transaction, MonitorSpec spec, List<StoredRun> judged, IReadOnlyDictionary<long, double> counts)
    {
        var grown = new List<(StoredRun, long)>();
        foreach (var (run, rows) in judged.Select(run => (run, Rows(counts, run))))
        {
            if (rows > Growth * Before(run, spec, rows))
                grown.Add((run, rows));
            else if (run.RowsCounted is null)
                await RunStore.CountedAsync(transaction, run, Before(run, spec, rows));
        }
        return grown;
    }

    private async Task<StoredRun?> AgainAsync(
        MonitorWindow at, StoredRun before, long rows, CancellationToken cancellation)
    {
        try
        {
            // A bucket that is half there now would be a dip: it is left until it is whole, or has not grown between two looks.
            var key = (at.Stored.Name, at.Window.From);
            var mayWait = _filling.GetValueOrDefault(key) != rows;
            var judged = await judge.JudgeAsync(at, mayWait, cancellation);
            if (judged.State == RunStates.Waiting)
            {
                _filling[key] = rows;
                return null;
            }
            _filling.TryRemove(key, out _);
            var words = string.Create(
                CultureInfo.InvariantCulture, $"late data, {before.RowsRead} → {judged.RowsRead} rows up to {Time(before.WindowTo)}");
            var run = await saving.SaveAsync(
                at, judged with { Reason = judged.Reason is { } reason ? $"{words}; {reason}" : words }, RunPurpose.Late(words),
                (transaction, run) => RunStore.ReplaceAsync(transaction, run, before.Attempt, rows), cancellation);
            return run with { Attempt = before.Attempt + 1 };
        }
        catch (AiOutliersException)
        {
            // The run stays as it is, and so does its count: the next look tries it again.
            return null;
        }
    }

    /// <summary>The rows that it was judged by. Of a bounded monitor's entities nobody knows; its first count stands for them.</summary>
    private static long Before(StoredRun run, MonitorSpec spec, long rows) =>
        run.RowsCounted ?? (spec.Series.By.Count > 0 && Entities(run) >= Bounded * spec.Series.Top ? rows : run.RowsRead);

    private static long Entities(StoredRun run) => run.Judged
        + (run.NotJudged is { } text ? JsonSerializer.Deserialize<Dictionary<string, long>>(text)!.Values.Sum() : 0);

    private static long Rows(IReadOnlyDictionary<long, double> counts, StoredRun run) => (long)counts
        .Where(bucket => bucket.Key >= run.WindowFrom && bucket.Key < run.WindowTo).Sum(static bucket => bucket.Value);

    /// <summary>By bucket; null where the data source does not answer for all of them.</summary>
    private async Task<IReadOnlyDictionary<long, double>?> CountAsync(
        MonitorDocument monitor, IReadOnlyList<StoredRun> judged, CancellationToken cancellation)
    {
        var window = new Window(judged[0].WindowFrom, judged[^1].WindowTo);
        var query = MonitorQuery.Of(monitor.Spec.Series with { By = [] }, traffic, window).Query;
        query = query with
        {
            Aggregations = [.. query.Aggregations!.Where(static one => one.OutputName == MonitorQuery.RowCount)],
            PostAggregations = null,
        };
        try
        {
            var table = await source.QueryAsync(query.ToUtf8Json(), cancellation);
            if (!table.TryGetColumn(MonitorQuery.RowCount, out var counts))
                return new Dictionary<long, double>();
            var values = counts.ToArray();
            // Buckets that it cannot count now are no fewer rows than before.
            if (Array.Exists(values, double.IsNaN))
                return null;
            return table.Times.ToArray().Zip(values).ToDictionary(static row => row.First, static row => row.Second);
        }
        catch (AiOutliersException)
        {
            return null;
        }
    }

    private static string Time(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
