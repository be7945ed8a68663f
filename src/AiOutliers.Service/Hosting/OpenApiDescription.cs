using Microsoft.AspNetCore.OpenApi;

namespace AiOutliers.Service.Hosting;

internal static class OpenApiDescription
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "rb-aioutliers";
        document.Info.Version = "1";
        document.Info.Description = "Finds anomalies in network-traffic time series held in Apache Druid.";
        // Where the service runs is the reader's business; the document is the same everywhere.
        document.Servers?.Clear();
        return Task.CompletedTask;
    });
}
