using AiOutliers.Models;

namespace AiOutliers.Cluster.Jobs;

/// <summary>A model that is to be trained.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Sensor">The sensor that it is for; null for a model of all traffic.</param>
public sealed record TrainingTarget(string Model, string? Sensor)
{
    public static TrainingTarget ForSensor(string sensor) => new(ModelName.ForSensor(sensor), sensor);
}
