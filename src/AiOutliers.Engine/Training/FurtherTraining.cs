using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Druid.Building;
using AiOutliers.Models;

namespace AiOutliers.Engine.Training;

/// <summary>Whether a model that exists can be trained as a request says.</summary>
internal static class FurtherTraining
{
    /// <exception cref="AiOutliersException">It would become another model.</exception>
    public static void Check(Model existing, TrainingRequest request, SensorFilter sensors)
    {
        CheckColumns(existing, request);
        if (request.Sensors.Count > 0)
            CheckSensors(existing, request.Sensors, sensors);
    }

    private static void CheckColumns(Model existing, TrainingRequest request)
    {
        var profile = existing.Autoencoder.Profile;
        var metrics = profile.Metrics.Where(static metric => metric != AutoencoderProfile.Granularity).ToArray();
        if (request.Metrics is { } asked && !asked.SequenceEqual(metrics))
            throw Changed(existing.Name, $"the columns {string.Join(", ", metrics)}; --metrics says {string.Join(", ", asked)}");
        if (request.Window is { } window && window != profile.WindowSize)
            throw Changed(existing.Name, $"windows of {profile.WindowSize} rows; --window says {window}");
    }

    /// <summary>The sensors would become the model's filter: all others would lose their model without a word.</summary>
    private static void CheckSensors(Model existing, IReadOnlyList<string> asked, SensorFilter sensors)
    {
        var own = existing.Autoencoder.Profile.Sensor
            ?? (existing.Filter is null ? null : sensors.SensorOf(Encoding.UTF8.GetBytes(existing.Filter)));
        // A sensor's own model bears its name, also where an older service wrote it without a filter.
        var isOwn = asked is [var only] && (own == only || own is null && existing.Name == ModelName.ForSensor(only));
        if (isOwn || existing.Filter == sensors.Of(asked))
            return;
        var what = own is not null ? $"of the sensor '{ModelName.Printable(own)}'"
            : existing.Filter is null ? "of all traffic" : "of the traffic of its filter";
        var names = string.Join(", ", asked.Select(ModelName.Printable));
        throw new AiOutliersException(ErrorKind.BadInput,
            $"the model '{existing.Name}' is one {what}, and --sensor would make it one of {names} alone. "
                + "Leave --sensor out to train it further, give a new model another name, or change its data with --filter");
    }

    private static AiOutliersException Changed(string name, string what) =>
        new(ErrorKind.BadInput,
            $"the model '{name}' has {what}. Leave the option out to train it further, or give a new model another name");
}
