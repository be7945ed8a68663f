using System.Text;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Hosting;

/// <summary>Opens the configured model folder; a model's sensor is found in its filter as the data source writes it.</summary>
internal static class LocalModels
{
    public static ModelFolder Open(Settings settings, ILogger<ModelFolder> logger)
    {
        var sensors = settings.Engine.Traffic.Sensors;
        return new(settings.Models.Path, settings.Models.MaxLoaded, filter => sensors.SensorOf(Encoding.UTF8.GetBytes(filter)), logger);
    }
}
