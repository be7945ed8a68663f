using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Service.Console.MonitorPages;

/// <summary>The text of the editor: what is in it, and what applying it would change.</summary>
internal static class EditedText
{
    public const string Field = "document";

    public static async Task<string> OfAsync(HttpContext http) =>
        (await http.Request.ReadFormAsync(http.RequestAborted))[Field].ToString().ReplaceLineEndings("\n");

    public static DocumentSet Read(string text, MonitoringRuntime runtime)
    {
        var reader = new DocumentReader(runtime.Engine);
        reader.Add(text, Field);
        return reader.Result();
    }

    public static async Task<MonitorPlanView> PlanAsync(string text, MonitoringRuntime runtime, CancellationToken cancellation)
    {
        try
        {
            var documents = Read(text, runtime);
            return documents.Problems.Count > 0
                ? new([], documents.Problems, null)
                : new(await runtime.Catalog.PlanAsync(documents, cancellation), [], null)
                {
                    Warnings = await runtime.Catalog.WarningsAsync(documents, cancellation),
                };
        }
        catch (AiOutliersException error)
        {
            return new([], [], error.Message);
        }
    }
}
