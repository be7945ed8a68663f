using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Evaluation;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.SelfTest;

/// <summary>
/// Is a new model better than a detector that needs none? The events of <see cref="SelfTestRunner"/> are put into copies of the rows
/// that were kept for validation, and both judge them. Half of the events hit all metrics at once, each in proportion, as a busy hour
/// or an outage does; half only the metric, as a leak does.
/// <para>The limits of a model come from its validation rows, and leave room for the largest of them. So each half of those rows is
/// judged with limits from the other half and from training.</para>
/// </summary>
/// <param name="model">The model.</param>
/// <param name="other">The detector that it is compared with.</param>
/// <param name="metric">What that detector judges.</param>
/// <param name="schema">Which metrics are computed from which.</param>
public sealed class ModelComparer(Autoencoder model, IDetector other, string metric, TrafficSchema schema)
{
    /// <summary>The granularity of most requests, and the finest of which a model learns every slice.</summary>
    private const double UsualMinutes = 5;

    /// <summary>Alarms that are so near belong to the same event: 30 minutes.</summary>
    private const long Together = 30 * 60_000;

    /// <summary>Slices on both sides of an event that the model sees: beyond them nothing changes its verdict.</summary>
    private const int MarginSlices = 4;

    /// <param name="data">What the model was trained on.</param>
    /// <param name="tables">The series that <paramref name="data"/> was made of.</param>
    /// <param name="flagged">Of a series, the rows that the other detector flags on any count; null when unknown.</param>
    /// <param name="threads">At most so many at once.</param>
    /// <param name="cancellation">Stops between events.</param>
    /// <returns>Null when too few rows were kept for validation.</returns>
    public ModelComparison? Compare(
        TrainingData data, IReadOnlyList<MetricTable> tables, Func<MetricTable, bool[]?> flagged,
        int threads, CancellationToken cancellation)
    {
        var series = Series(data, tables, flagged);
        if (series.Length == 0)
            return null;
        // As many events of several series as of one.
        var events = series
            .SelectMany((one, index) => one.Injections(metric)
                .Where((_, place) => place % series.Length == index)
                .Select(injection => (one, injection)))
            .Select((entry, index) => (entry.one, entry.injection, isTogether: index % 2 == 0)).ToArray();
        var found = new (bool ByModel, bool ByOther)[events.Length];
        Parallel.For(0, events.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = threads }, i =>
            found[i] = Try(events[i].one, events[i].injection, events[i].isTogether));
        var outcomes = events.Zip(found, static (tried, result) => (tried.isTogether, result.ByModel, result.ByOther)).ToArray();
        return new(other.Name, metric, series.Sum(static one => one.Days), Count(true), Count(false),
            series.Sum(static one => False(one, one.ByModel, one.ByOtherOnAny)),
            series.Sum(static one => False(one, one.ByOther, one.ByModel)));

        FoundEvents Count(bool together)
        {
            var some = Array.FindAll(outcomes, outcome => outcome.isTogether == together);
            return new(
                some.Length,
                some.Count(static one => one.ByModel),
                some.Count(static one => one.ByOther),
                some.Count(static one => one.ByModel && one.ByOther));
        }
    }

    private ComparedSeries[] Series(TrainingData data, IReadOnlyList<MetricTable> tables, Func<MetricTable, bool[]?> flagged)
    {
        var enough = tables
            .Where(table => table.Rows - data.FirstValidationRow(table) >= Math.Max(SelfTestRunner.LeastRows, model.Profile.SliceRows))
            .Where(table => table.TryGetColumn(metric, out var column) && column.ContainsAnyExcept(double.NaN))
            .ToLookup(static table => table.StepMilliseconds);
        var usual = enough.MinBy(static group => Math.Abs(Math.Log(group.Key / (UsualMinutes * 60_000))));
        return usual is null
            ? []
            : [.. usual.Select(table => ComparedSeries.Of(model, data, table, other.Detect(table, metric).Anomalies, flagged(table)))];
    }

    private (bool ByModel, bool ByOther) Try(ComparedSeries one, Injection injection, bool together)
    {
        var disturbed = TrafficDisturbance.Apply(one.Table, injection, metric, together, one.RowsPerDay, schema);
        // Slices begin where they do in the whole series.
        var margin = MarginSlices * model.Profile.SliceRows;
        var first = Math.Max(0, injection.Start - margin) / model.Profile.WindowSize * model.Profile.WindowSize;
        var part = disturbed.Slice(first, Math.Min(disturbed.Rows, injection.End + margin) - first);
        var byModel = one.DetectorOf(injection.Start).Detect(part, metric).Anomalies;
        return (
            IsFound(injection, byModel, first, one.ByModel),
            IsFound(injection, other.Detect(disturbed, metric).Anomalies, 0, one.ByOther));
    }

    private static bool IsFound(Injection injection, bool[] flags, int first, bool[] untouched)
    {
        for (var row = injection.Start; row < injection.End; row++)
        {
            if (flags[row - first] && !untouched[row])
                return true;
        }
        return false;
    }

    private static int False(ComparedSeries one, bool[] flags, bool[] known)
    {
        var tolerance = (int)(Together / Math.Max(1, one.Table.StepMilliseconds));
        return EventAccuracy.Compute(known.AsSpan(one.First), flags.AsSpan(one.First), tolerance).FalseAlarms;
    }
}
