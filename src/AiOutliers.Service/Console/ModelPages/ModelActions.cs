using AiOutliers.Detection;
using AiOutliers.Models;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using AiOutliers.Monitoring;
using AiOutliers.Service.Security;
using AiOutliers.Service.Training;

namespace AiOutliers.Service.Console.ModelPages;

/// <summary>Trains models as <c>schedule</c> does, and makes a kept version the latest again.</summary>
internal static class ModelActions
{
    public const string Train = ConsolePages.Models + "/train";

    private const string Rollback = ConsolePages.Models + "/{name}/rollback";

    public static void MapModelActions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Train, TrainAsync).RequireRole(Role.Admin);
        routes.MapPost(Rollback, RollbackAsync).RequireRole(Role.Admin);
    }

    private static async Task<IResult> TrainAsync(HttpContext http, ConsoleQueue queue)
    {
        var form = http.Request.Form;
        var target = TargetOf(form["name"].ToString().Trim(), form["sensor"].ToString().Trim());
        await queue.TrainAsync(target, http.RequestAborted);
        return await DoneAsync(http, "train", target.Model);
    }

    private static async Task<IResult> RollbackAsync(string name, HttpContext http, ModelFolder models, ModelStore store)
    {
        await store.RollbackAsync(name, http.Request.Form["version"], http.RequestAborted);
        // The folder is looked at anyway; who has clicked sees it now.
        models.Refresh();
        return await DoneAsync(http, "rollback", name);
    }

    private static TrainingTarget TargetOf(string name, string sensor)
    {
        if (name.Length == 0 && sensor.Length == 0)
            throw new AiOutliersException(ErrorKind.BadInput, "a training needs a sensor, or a name for a model of all traffic");
        if (!TrainingTarget.IsSensor(sensor))
            throw new AiOutliersException(ErrorKind.BadInput, "a sensor's name has at most 1,000 characters");
        return name.Length == 0 ? TrainingTarget.ForSensor(sensor) : new(ModelName.Checked(name), sensor.Length == 0 ? null : sensor);
    }

    private static async Task<IResult> DoneAsync(HttpContext http, string verb, string model)
    {
        if (http.RequestServices.GetService<MonitoringRuntime>() is { } monitoring)
            await monitoring.Audit.WriteAsync(Actors.Of(http), verb, $"Model/{model}", http.RequestAborted);
        return TypedResults.LocalRedirect($"{ConsolePages.Models}/{Uri.EscapeDataString(model)}");
    }
}
