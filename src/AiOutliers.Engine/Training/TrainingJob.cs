using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Neural.Training;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Engine.SelfTest;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Keras;

namespace AiOutliers.Engine.Training;

/// <summary>Trains a model from its data to its files. Several may run at once, for different models.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="folder">Where the models are.</param>
/// <param name="source">Null when no data source is configured: then requests must bring their data.</param>
/// <param name="clock">Says when the training interval ends.</param>
public sealed class TrainingJob(EngineSettings settings, string folder, IDruidSource? source, TimeProvider clock)
{
    private const int UsualWindow = 16;

    private readonly IDetector _detector = DetectorCatalog.Create(settings.DefaultDetector, settings);
    private readonly TrainingPlanner _planner = new(settings, folder, clock);

    /// <inheritdoc cref="TrainingPlanner.Plan"/>
    public TrainingPlan Plan(TrainingRequest request) => _planner.Plan(request);

    /// <exception cref="AiOutliersException">The data does not do, the model that exists cannot be used, or training diverged; the old
    /// files are untouched.</exception>
    public async Task<TrainingOutcome> RunAsync(
        TrainingRequest request, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var plan = Plan(request);
        var fetched = request.Data ?? await TrainingRows.FetchAsync(source, plan, request.Name, progress, cancellation);
        return await Task.Run(() => Train(request, plan, fetched, start, progress, cancellation), CancellationToken.None);
    }

    private TrainingOutcome Train(
        TrainingRequest request, TrainingPlan plan, IReadOnlyList<MetricTable> fetched, long start,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new(request.Name, "Preparing the data"));
        var profile = plan.Profile(TrainingColumns.Choose(request.Metrics, fetched, settings.Traffic), request.Window ?? UsualWindow);
        var columns = TrainingColumns.Check(profile, fetched);
        var anomalous = request.KeepAnomalies
            ? []
            : columns.Tables.ToDictionary(
                static table => table,
                table => AnomalousRows.Of(table, profile.Metrics, settings.Traffic.Counts, _detector, cancellation));
        var data = TrainingData.Prepare(
            profile,
            columns.Tables,
            (table, row) => anomalous.TryGetValue(table, out var flagged) && flagged[row],
            plan.ValidationShare,
            table => plan.Every(fetched, table));
        string[] warnings = [.. columns.Warnings, .. TrainingColumns.Constant(profile, data), .. NoValidation(plan, data)];
        var model = plan.Existing?.Autoencoder ?? new Autoencoder(TrafficNetwork.Build(profile, new(), request.Seed), profile);
        var trained = AutoencoderTraining.Train(model, data, plan.Options, plan.Existing is null,
            epoch => progress?.Report(new(request.Name, "Training", epoch)), cancellation);
        var rows = data.TrainingRuns.Sum(static run => run.Rows);
        var outcome = new TrainingOutcome(
            request.Name, plan.Existing is null,
            rows, data.ValidationRuns.Sum(static run => run.Rows), data.LeftOutRows + columns.LeftOutRows,
            trained.LossBefore, trained.LossAfter, trained.Model.Profile.Threshold, trained.Result, clock.GetElapsedTime(start))
        { Warnings = warnings };
        if (!outcome.IsSaved)
            return outcome;
        var comparison = plan.Existing is null
            ? Compare(request, trained.Model, data, columns.Tables, table => anomalous.GetValueOrDefault(table), progress, cancellation)
            : null;
        var compared = comparison is null
            ? trained.Model
            : new(trained.Model.Network, trained.Model.Profile with { Comparison = comparison });
        var backup = Save(request, plan, compared, rows, LossesOf(trained.Result));
        return outcome with { Comparison = comparison, Backup = backup, Duration = clock.GetElapsedTime(start) };
    }

    private ModelComparison? Compare(
        TrainingRequest request, Autoencoder model, TrainingData data,
        IReadOnlyList<MetricTable> tables, Func<MetricTable, bool[]?> flagged,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new(request.Name, $"Comparing with {_detector.Name}"));
        var metrics = model.Profile.Metrics;
        var metric = metrics.Contains(settings.Metric) ? settings.Metric : metrics[0];
        return new ModelComparer(model, _detector, metric, settings.Traffic).Compare(data, tables, flagged, request.Threads, cancellation);
    }

    private static IEnumerable<string> NoValidation(TrainingPlan plan, TrainingData data) =>
        plan.ValidationShare > 0 && data.ValidationRuns.Count == 0
            ?
            [
                "No rows are left for validation: the limits come from rows that the model has learnt, and will be too tight. "
                    + "Use a longer interval.",
            ]
            : [];

    /// <returns>Where the old files are; null for a new model.</returns>
    private string? Save(TrainingRequest request, TrainingPlan plan, Autoencoder model, int rows, LossCurve? losses)
    {
        var (name, now) = (request.Name, clock.GetUtcNow());
        try
        {
            var backup = plan.Existing is null || !request.Backup ? null : ModelBackup.Write(settings.Training, folder, name, now);
            ModelSaver.Save(folder, name, new()
            {
                Network = model.Network,
                Profile = plan.Sensor is null ? model.Profile : model.Profile with { Sensor = plan.Sensor },
                Training = new(now, rows) { Losses = losses },
                Filter = plan.Filter,
                NewLayout = settings.Training.NewLayout,
            }, now);
            return backup;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.UnusableModel,
                $"the model '{name}' is trained but cannot be saved: {error.Message.TrimEnd('.')}. What was there before is untouched; "
                    + "free space or mend the permissions there, and train again", error);
        }
    }

    private static LossCurve? LossesOf(TrainingResult result) => result.Epochs.Count == 0 || result.KeptEpoch < 1
        ? null
        : new(
            [.. result.Epochs.Select(static epoch => epoch.Loss)],
            [.. result.Epochs.Select(static epoch => epoch.ValidationLoss).OfType<double>()],
            result.KeptEpoch);
}
