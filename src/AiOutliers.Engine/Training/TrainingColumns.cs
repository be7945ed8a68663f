using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Training;

/// <summary>Which responses have what a model needs, and what it can learn from them.</summary>
/// <param name="Tables">Those with every metric.</param>
/// <param name="LeftOutRows">The rows of the others.</param>
/// <param name="Warnings">What was left out and why.</param>
public sealed record TrainingColumns(IReadOnlyList<MetricTable> Tables, int LeftOutRows, IReadOnlyList<string> Warnings)
{
    /// <summary>
    /// A new model's metrics: those asked for, else the traffic set where the data has it all, else whatever the data has.
    /// </summary>
    /// <exception cref="AiOutliersException">There is nothing to choose from.</exception>
    public static IReadOnlyList<string> Choose(
        IReadOnlyList<string>? asked, IReadOnlyList<MetricTable> tables, TrafficSchema schema)
    {
        if (asked is not null)
            return asked;
        var filled = tables.Where(static table => table.Rows > 0).ToArray();
        if (filled.Length == 0)
            throw new AiOutliersException(ErrorKind.BadInput, "the data has no rows");
        var traffic = schema.Columns;
        return Array.Exists(filled, table => traffic.All(table.Metrics.Contains))
            ? traffic
            : [.. filled[0].Metrics.Where(metric => metric != AutoencoderProfile.Granularity && Has(filled[0], metric))];
    }

    /// <exception cref="AiOutliersException">No response has every metric; the message names those that are missing.</exception>
    public static TrainingColumns Check(AutoencoderProfile profile, IReadOnlyList<MetricTable> tables)
    {
        var (kept, leftOut, missing) = (new List<MetricTable>(), new List<MetricTable>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var table in tables.Where(static table => table.Rows > 0))
        {
            var lacks = profile.Metrics.Where(metric => metric != AutoencoderProfile.Granularity && !Has(table, metric)).ToArray();
            missing.UnionWith(lacks);
            (lacks.Length == 0 ? kept : leftOut).Add(table);
        }
        var (rows, names) = (leftOut.Sum(static table => table.Rows), string.Join(", ", missing));
        if (kept.Count == 0)
        {
            var metrics = leftOut.SelectMany(static table => table.Metrics).Distinct();
            throw new AiOutliersException(ErrorKind.BadInput,
                $"the model needs metrics that the data does not have: {names}. The data has: {string.Join(", ", metrics)}");
        }
        return new(kept, rows, leftOut.Count == 0
            ? []
            : [$"Left out, without {names}: {leftOut.Count} of {Counted.Of(kept.Count + leftOut.Count, "response")}, "
                + $"{Counted.Of(rows, "row")}."]);
    }

    /// <summary>A warning that names the metrics that never change in the training rows.</summary>
    /// <exception cref="AiOutliersException">None changes: there is nothing to learn.</exception>
    public static IReadOnlyList<string> Constant(AutoencoderProfile profile, TrainingData data)
    {
        var metrics = profile.Metrics.Where(static metric => metric != AutoencoderProfile.Granularity).ToArray();
        var constant = metrics.Where(metric => data.TrainingRuns
            .All(run => !run.Column(metric).ContainsAnyExcept(data.TrainingRuns[0].Column(metric)[0]))).ToArray();
        if (constant.Length == metrics.Length)
        {
            throw new AiOutliersException(ErrorKind.BadInput,
                "every metric has one and the same value in all rows, so a model cannot learn from it. Check the filter and the interval");
        }
        return constant.Length == 0
            ? []
            : [$"The same in all rows, so that any other value will be an anomaly: {string.Join(", ", constant)}."];
    }

    private static bool Has(MetricTable table, string metric) =>
        table.TryGetColumn(metric, out var column) && column.ContainsAnyExcept(double.NaN);
}
