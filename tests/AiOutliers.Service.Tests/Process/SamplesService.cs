using System.Net;
using System.Text;
using System.Text.Json;
using AiOutliers.Service.Tests.Process;
using AiOutliers.Tests.Shared;

[assembly: AssemblyFixture(typeof(SamplesService))]

namespace AiOutliers.Service.Tests.Process;

/// <summary>One real service over the sample data, for tests of version 2 that only ask.</summary>
public sealed class SamplesService : IAsyncLifetime
{
    internal ServiceProcess Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Service = await ServiceProcess.StartAsync(ServiceFixture.Command, new Dictionary<string, string>
    {
        ["OutliersServerProduction__max_body_megabytes"] = "2",
        ["Druid__druid_endpoint"] = "duckdb:" + Path.Combine(Golden.Root, "samples"),
        ["Security__requests_per_minute"] = "0",
    });

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    internal Task<(HttpStatusCode Status, JsonElement Json)> DetectAsync(string body) => PostAsync(Service, body);

    internal static async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(ServiceProcess service, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await service.Client.PostAsync("/api/v2/detect", content);
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return (response.StatusCode, json.RootElement.Clone());
    }

    internal static async Task<IReadOnlyList<JsonElement>> LinesAsync(ServiceProcess service, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/detect") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var response = await service.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var text = await response.Content.ReadAsStringAsync();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(Encoding.UTF8.GetBytes(line)))];
    }
}
