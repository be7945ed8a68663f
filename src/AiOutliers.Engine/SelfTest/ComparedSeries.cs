using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.SelfTest;

/// <summary>A series in whose last part a model is compared with another detector, and what both say of it as it is.</summary>
/// <param name="Table">All rows: the other detector needs the history.</param>
/// <param name="First">The first row that was kept for validation.</param>
/// <param name="Middle">The first row of its second half.</param>
/// <param name="Halves">The model with limits from the second half, which judges the first, and the other way round.</param>
/// <param name="ByModel">What the model flags.</param>
/// <param name="ByOther">What the other detector flags on the metric.</param>
/// <param name="ByOtherOnAny">What it flags on any count.</param>
public sealed record ComparedSeries(
    MetricTable Table, int First, int Middle, (AutoencoderDetector First, AutoencoderDetector Second) Halves,
    bool[] ByModel, bool[] ByOther, bool[] ByOtherOnAny)
{
    private const double MillisecondsPerDay = 86_400_000;

    public double Days => (Table.Rows - First) * Table.StepMilliseconds / MillisecondsPerDay;

    public int RowsPerDay =>
        TimeGrid.Of(Table).PointsPerDay is var points and > 0 ? Math.Min(points, Table.Rows / 2) : Math.Max(8, Table.Rows / 8);

    public static ComparedSeries Of(Autoencoder model, TrainingData data, MetricTable table, bool[] byOther, bool[]? byOtherOnAny)
    {
        var first = data.FirstValidationRow(table);
        var middle = first + (table.Rows - first) / 2;
        var (one, two) = (WithLimits(model, data, table, middle, table.Rows), WithLimits(model, data, table, first, middle));
        var (early, late) = (one.Detect(table, model.Profile.Metrics[0]).Anomalies, two.Detect(table, model.Profile.Metrics[0]).Anomalies);
        late.AsSpan(middle).CopyTo(early.AsSpan(middle));
        return new(table, first, middle, (one, two), early, byOther, byOtherOnAny ?? byOther);
    }

    public AutoencoderDetector DetectorOf(int row) => row < Middle ? Halves.First : Halves.Second;

    /// <summary>Those of a self-test, in the rows kept for validation: it takes the second half of what it is given.</summary>
    public IEnumerable<Injection> Injections(string metric)
    {
        var start = Math.Max(0, Table.Rows - 2 * (Table.Rows - First));
        return new InjectionPlan(Table.Slice(start, Table.Rows - start), metric)
            .Injections()
            .Select(injection => injection with { Start = injection.Start + start });
    }

    /// <summary>
    /// The model with limits from some of the validation rows, and from training. Where those are too few for a slice, it keeps its
    /// own.
    /// </summary>
    private static AutoencoderDetector WithLimits(Autoencoder model, TrainingData data, MetricTable table, int from, int to)
    {
        var (start, end) = (table.Times[from], to < table.Rows ? table.Times[to] : long.MaxValue);
        var statistics = ResidualMeasurement.Statistics(
            model, [.. OfStep(data.ValidationRuns).Select(run => run.Between(start, end))], [.. OfStep(data.TrainingRuns)]);
        return new(statistics.Count == 0 ? model : new(model.Network, model.Profile with { Residuals = statistics }));

        IEnumerable<MetricTable> OfStep(IReadOnlyList<MetricTable> runs) =>
            runs.Where(run => run.StepMilliseconds == table.StepMilliseconds);
    }
}
