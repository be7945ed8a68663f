using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Models;
using AiOutliers.Models.Folder;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Engine.Analysis;

/// <summary>Which model judges a request: the one that it names, else the one of the query's sensor, else none.</summary>
internal sealed class ModelChoice(ModelFolder? models, SensorFilter sensors, ILogger logger)
{
    /// <exception cref="AiOutliersException">The model cannot be loaded, or the request has options that no model honours.</exception>
    public Model? Of(AnalysisRequest request, DruidQuery? query)
    {
        var model = Named(request.Model) ?? (request.ModelOfSensor && query is not null ? OfSensor(query) : null);
        return model is null || request.WithoutModelOnly.Count == 0 ? model : throw new AiOutliersException(ErrorKind.BadInput,
            $"the model '{model.Name}' does not honour {string.Join(", ", request.WithoutModelOnly)}; "
                + "leave it out, or add --detector to judge without a model");
    }

    private Model? Named(string? name)
    {
        if (name is null)
            return null;
        var model = models?.Find(name);
        if (model is null)
            logger.LogInformation("No model is named {Model}; the next rule applies", name);
        return model;
    }

    private Model? OfSensor(DruidQuery query) => sensors.SensorOf(query.Filter) is { } sensor ? models?.FindForSensor(sensor) : null;
}
