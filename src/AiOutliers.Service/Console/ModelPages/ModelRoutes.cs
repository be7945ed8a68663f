using AiOutliers.Detection;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using AiOutliers.Service.Console.Pages;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Console.ModelPages;

/// <summary>The models of this node, and one of them with its kept versions.</summary>
internal static class ModelRoutes
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConsolePages.Models, ListAsync);
        routes.MapGet(ConsolePages.Models + "/{name}", ShowAsync);
        routes.MapModelActions();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, ModelFolder models, SourceFacts facts, Settings settings, TimeProvider time)
    {
        var context = PageContext.Of(http, settings, time);
        var (query, text) = (http.Request.Query, http.Request.Query["q"].ToString().Trim());
        var names = models.Names.Where(name => name.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
        var part = ListPart.Of(query, ModelsView.Page, names.Count);
        // Each has to be loaded: those of the page are.
        var rows = await Task.Run(() => part.Of(names).Select(name => RowOf(models, name)).ToArray());
        var sensors = await facts.SensorsAsync(settings.Engine.Traffic, http.RequestAborted);
        return PageResult.Of<ModelsPage>(context, new ModelsView(settings.Models.Path, part, rows, sensors) { Text = text });
    }

    private static async Task<IResult> ShowAsync(
        string name, HttpContext http, ModelFolder models, ModelStore store, ConsoleQueue queue, Settings settings, TimeProvider time)
    {
        var (context, stop) = (PageContext.Of(http, settings, time), http.RequestAborted);
        try
        {
            var job = await queue.JobOfAsync(name, stop);
            // The folder is looked at every now and then; what a job has just made is shown at once.
            if (job is not null)
                models.Refresh();
            var isThere = models.Names.Contains(name);
            if (!isThere && job is null)
            {
                return PageResult.Of<FailurePage>(
                    context,
                    new ConsoleFailure("Model not found", $"'{name}' is not a model.", "Models lists them."),
                    StatusCodes.Status404NotFound);
            }
            var row = isThere ? await Task.Run(() => RowOf(models, name), stop) : new(name, null, null);
            var (versions, failure) = await VersionsAsync(name, store, stop);
            return PageResult.Of<ModelPage>(context, new ModelView(row, versions, failure, job));
        }
        catch (AiOutliersException error)
        {
            return PageResult.Of<FailurePage>(context, ConsoleFailure.Of(error)!, StatusCodes.Status502BadGateway);
        }
    }

    private static ModelRow RowOf(ModelFolder models, string name)
    {
        try
        {
            return new(name, models.Find(name), null);
        }
        catch (AiOutliersException error)
        {
            return new(name, null, error.Message);
        }
    }

    private static async Task<(IReadOnlyList<ModelVersion> Versions, string? Failure)> VersionsAsync(
        string name, ModelStore store, CancellationToken cancellation)
    {
        try
        {
            return (await store.VersionsAsync(name, cancellation), null);
        }
        catch (AiOutliersException error)
        {
            return ([], error.Message);
        }
    }
}
