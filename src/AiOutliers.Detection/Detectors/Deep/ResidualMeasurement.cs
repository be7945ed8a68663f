using System.Numerics.Tensors;
using AiOutliers.Detection.Numerics;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>Runs a model over ordinary data and notes what is ordinary for it.</summary>
public static class ResidualMeasurement
{
    private const double MillisecondsPerMinute = 60_000;

    /// <summary>
    /// So many ordinary rows may be beyond the sharp limit of a metric before its headroom: a validation part of a week may lack what
    /// comes once a week (the night to Monday), and its spread alone would make an alarm of that every time. It is a row in five weeks
    /// of five minutes; of finer steps as much of the time, else a week's one odd minute would stay outside.
    /// </summary>
    private const double OrdinaryBeyond = 1e-4, MinutesOfThat = 5;

    /// <summary>
    /// The sharp limits are at least this much above those ordinary rows: the next weeks' largest is a little larger. On flow series
    /// with known incidents (seeds 1 to 72) 1.2 finds two more of 864 at half as many false events again.
    /// </summary>
    private const double Headroom = 1.3;

    /// <summary>The statistics of every granularity among the tables; those with fewer rows than a slice are passed over.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tables">Ordinary data, best such that the model was not trained on; several tables may have one granularity.</param>
    /// <param name="others">More ordinary data, such as it was trained on: the limits leave room for it.</param>
    /// <exception cref="AiOutliersException">A table lacks metrics.</exception>
    public static IReadOnlyList<ResidualStatistics> Statistics(
        Autoencoder model, IReadOnlyList<MetricTable> tables, IReadOnlyList<MetricTable> others)
    {
        var run = tables.Select(table => (table, others: false)).Concat(others.Select(table => (table, others: true)))
            .Where(entry => entry.table.Rows >= model.Profile.SliceRows)
            .ToLookup(static entry => (entry.table.StepMilliseconds, entry.others), entry => (entry.table, model.Reconstruct(entry.table)));
        return
        [
            .. run.Where(static group => !group.Key.others).OrderBy(static group => group.Key.StepMilliseconds)
                .Select(group => OneGranularity(
                    model, group.Key.StepMilliseconds / MillisecondsPerMinute,
                    [.. group], [.. run[(group.Key.StepMilliseconds, true)]])),
        ];
    }

    /// <summary>Mean and standard deviation of the loss over all rows and columns: the two numbers of the old format.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tables">The training data; tables with fewer rows than a slice are passed over.</param>
    /// <exception cref="AiOutliersException">A table lacks metrics, or all have too few rows.</exception>
    public static (double Average, double Deviation) Loss(Autoencoder model, IReadOnlyList<MetricTable> tables)
    {
        var (count, sum, squares) = (0L, 0.0, 0.0);
        foreach (var table in tables.Where(table => table.Rows >= model.Profile.SliceRows))
        {
            var losses = model.Reconstruct(table).Loss;
            count += losses.Length;
            foreach (double loss in losses)
            {
                sum += loss;
                squares += loss * loss;
            }
        }
        if (count == 0)
        {
            throw new AiOutliersException(
                ErrorKind.BadInput, $"the model needs at least {model.Profile.SliceRows} rows of one granularity to measure its loss");
        }
        var mean = sum / count;
        return (mean, Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
    }

    private static ResidualStatistics OneGranularity(
        Autoencoder model, double minutes, (MetricTable Table, Reconstruction Reconstruction)[] runs,
        (MetricTable Table, Reconstruction Reconstruction)[] others)
    {
        MetricResiduals[] metrics =
            [.. model.Profile.Metrics.Select((metric, column) => OneMetric(metric, column, Beyond(minutes), runs, others))];
        // Of one and two minutes, the validation part has no weekend.
        foreach (var (table, reconstruction) in runs.Concat(others))
        {
            var lasting = new LastingDeviations(model.Profile, table, reconstruction, metrics, odd: []);
            for (var column = 0; column < metrics.Length; column++)
            {
                metrics[column] = metrics[column] with
                {
                    SustainedLimit = Math.Max(metrics[column].SustainedLimit, Largest(lasting.Alone(column).Means)),
                    ApartLimit = Math.Max(metrics[column].ApartLimit, Largest(lasting.Apart(column).Means)),
                };
            }
        }
        return new(minutes, metrics) { LeapLimit = LeapLimit(model.Profile, Beyond(minutes), runs.Concat(others)) };
    }

    private static double Beyond(double minutes) => OrdinaryBeyond * Math.Min(1, minutes / MinutesOfThat);

    /// <summary>As for the sharp limit of a metric: room for ordinary rows, and what is constant may change a little.</summary>
    private static double LeapLimit(
        AutoencoderProfile profile, double beyond, IEnumerable<(MetricTable Table, Reconstruction Reconstruction)> runs)
    {
        double[] leaps = [.. runs.SelectMany(run => CommonLeaps.Of(profile, run.Reconstruction)).Select(Math.Abs)];
        return Math.Max(ResidualRule.SharpLimit * ResidualRule.LeastSpread, Headroom * OrderStatistics.Quantile(leaps, 1 - beyond));
    }

    private static double Largest(ReadOnlySpan<double> means) => Math.Abs(TensorPrimitives.MaxMagnitude(means));

    /// <summary>All but the limits of what lasts, which are 0.</summary>
    private static MetricResiduals OneMetric(
        string metric, int column, double beyond, (MetricTable Table, Reconstruction Reconstruction)[] runs,
        (MetricTable Table, Reconstruction Reconstruction)[] others)
    {
        var (losses, residuals) = Collect(metric, column, runs);
        var mean = losses.Average();
        var deviation = Math.Sqrt(losses.Sum(loss => (loss - mean) * (loss - mean)) / losses.Count);
        double[] all = [.. losses, .. Collect(metric, column, others).Losses];
        var room = (OrderStatistics.Quantile(all, 1 - beyond) * Headroom - mean) / ResidualRule.SharpLimit;
        var centre = OrderStatistics.Median(residuals.ToArray());
        var scale = Math.Max(
            ResidualRule.LeastSpread, 1.4826 * OrderStatistics.Median(residuals.Select(residual => Math.Abs(residual - centre)).ToArray()));
        var spread = Math.Max(ResidualRule.LeastSpread, Math.Max(deviation, room));
        return new(mean, spread, centre, scale, SustainedLimit: 0) { ApartLimit = 0 };
    }

    private static (List<double> Losses, List<double> Residuals) Collect(
        string metric, int column, (MetricTable Table, Reconstruction Reconstruction)[] runs)
    {
        var (losses, residuals) = (new List<double>(), new List<double>());
        foreach (var (table, reconstruction) in runs)
        {
            table.TryGetColumn(metric, out var values);
            for (var row = 0; row < table.Rows; row++)
            {
                if (!values.IsEmpty && double.IsNaN(values[row]))
                    continue;
                var at = row * reconstruction.Columns + column;
                losses.Add(reconstruction.Loss[at]);
                residuals.Add((double)reconstruction.Input[at] - reconstruction.Output[at]);
            }
        }
        return (losses, residuals);
    }
}
