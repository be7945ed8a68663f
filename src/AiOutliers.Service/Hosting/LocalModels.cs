using System.Text;
using AiOutliers.Druid.Building;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Hosting;

/// <summary>Opens the configured model folder; a model's sensor is found in its filter as the data source writes it.</summary>
internal static class LocalModels
{
    public static ModelFolder Open(ModelSettings settings, ILogger<ModelFolder> logger) =>
        new(settings.Path, settings.MaxLoaded, static filter => SensorFilter.SensorOf(Encoding.UTF8.GetBytes(filter)), logger);
}
