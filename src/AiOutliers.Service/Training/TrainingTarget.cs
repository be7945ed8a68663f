using AiOutliers.Cluster.Jobs;
using AiOutliers.Models;

namespace AiOutliers.Service.Training;

/// <summary>A model that is to be trained by a job.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Sensor">The sensor that it is for; null for a model of all traffic.</param>
internal sealed record TrainingTarget(string Model, string? Sensor)
{
    private const int LongestSensor = 1000;

    private const string ModelField = "model", SensorField = "sensor";

    /// <summary>The kind of job; what it may name is a model and a sensor.</summary>
    public static readonly JobKind Kind = new(
        "train", new JobField(ModelField, ModelName.IsUsable), new JobField(SensorField, IsSensor, isOptional: true))
    {
        FormerType = "AiOutliers.Cluster.Jobs.TrainingRunner",
    };

    public JobPayload Payload => JobPayload.Of(Kind, ModelName.Checked(Model), Sensor);

    public static TrainingTarget ForSensor(string sensor) => new(ModelName.ForSensor(sensor), sensor);

    public static TrainingTarget Of(JobPayload payload) => new(payload.Subject, payload.Value(SensorField));

    public static bool IsSensor(string sensor) => sensor.Length <= LongestSensor;
}
