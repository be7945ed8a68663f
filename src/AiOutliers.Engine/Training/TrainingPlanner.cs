using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural.Training;
using AiOutliers.Druid.Building;
using AiOutliers.Models;
using AiOutliers.Models.Folder;

namespace AiOutliers.Engine.Training;

/// <summary>Makes plans of requests, by what is configured and by the models that exist.</summary>
/// <param name="settings">The configuration.</param>
/// <param name="folder">Where the models are.</param>
/// <param name="clock">Says when the training interval ends.</param>
internal sealed class TrainingPlanner(EngineSettings settings, string folder, TimeProvider clock)
{
    /// <summary>What would be fetched and how it would be trained.</summary>
    /// <exception cref="AiOutliersException">The request cannot be met.</exception>
    public TrainingPlan Plan(TrainingRequest request)
    {
        ModelName.Checked(request.Name);
        var existing = ModelFiles.Names(folder).Contains(request.Name, StringComparer.Ordinal)
            ? ModelFiles.Load(folder, request.Name)
            : null;
        var sensors = settings.Traffic.Sensors;
        if (existing is not null)
            FurtherTraining.Check(existing, request, sensors);
        var filter = request.Sensors.Count > 0 ? sensors.Of(request.Sensors) : request.Filter ?? existing?.Filter;
        var parsed = filter is null ? null : SensorFilter.Parse(Encoding.UTF8.GetBytes(filter));
        var to = request.To ?? clock.GetUtcNow() - settings.IngestionDelay;
        var queries = request.Data is not null
            ? []
            : TrainingQueries.Create(settings.Traffic, sensors.Apart(parsed), request.From, to, existing is null);
        return new(existing, Options(request, existing is null), sensors.SensorOf(parsed), filter, queries);
    }

    private TrainingOptions Options(TrainingRequest request, bool isNew)
    {
        var options = (isNew ? TrainingOptions.FromScratch : TrainingOptions.Further with { Epochs = settings.Training.Epochs }) with
        {
            BatchSize = request.BatchSize ?? settings.Training.BatchSize,
            Seed = request.Seed,
            Threads = request.Threads,
        };
        if (request.Epochs is { } epochs)
            options = options with { Epochs = epochs, Patience = Math.Min(options.Patience, epochs) };
        if (request.LearningRate is { } rate)
            options = options with { Optimizer = options.Optimizer with { LearningRate = rate } };
        options.Check();
        return options;
    }
}
