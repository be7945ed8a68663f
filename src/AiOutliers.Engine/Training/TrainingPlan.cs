using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Neural.Training;
using AiOutliers.Detection.Series;
using AiOutliers.Models;

namespace AiOutliers.Engine.Training;

/// <summary>What a request comes to, before anything is fetched.</summary>
/// <param name="Existing">The model that is trained further; null for a new one.</param>
/// <param name="Options">How it is trained.</param>
/// <param name="Sensor">The one sensor that the model is for; null for several or none.</param>
/// <param name="Filter">The filter that is kept beside the model; null for none.</param>
/// <param name="Queries">What is fetched; empty when the data is at hand.</param>
public sealed record TrainingPlan(
    Model? Existing, TrainingOptions Options, string? Sensor, string? Filter, IReadOnlyList<TrainingQuery> Queries)
{
    /// <summary>The last share of the time that is kept for validation.</summary>
    public double ValidationShare => Existing is null ? TrainingQueries.ValidationShare : 0;

    /// <summary>The model learns every so many slices of a table.</summary>
    /// <param name="fetched">What the queries gave, in their order; or the data at hand.</param>
    /// <param name="table">One of them.</param>
    public int Every(IReadOnlyList<MetricTable> fetched, MetricTable table)
    {
        for (var i = 0; i < Queries.Count; i++)
        {
            if (ReferenceEquals(fetched[i], table))
                return Queries[i].Every;
        }
        return 1;
    }

    /// <summary>The profile that training starts from.</summary>
    /// <param name="metrics">The metric columns of a new model, without granularity.</param>
    /// <param name="window">Rows from slice to slice of a new model.</param>
    public AutoencoderProfile Profile(IReadOnlyList<string> metrics, int window) => Existing?.Autoencoder.Profile ?? new()
    {
        Metrics = [.. metrics, AutoencoderProfile.Granularity],
        Calendar = ["minute", .. Enumerable.Range(0, 7).Select(static day => $"weekday_{day}")],
        AverageLoss = 0,
        LossDeviation = 0,
        WindowSize = window,
        Windows = 2,
        TrueWeekdays = true,
        Sensor = Sensor,
    };
}
