using System.Net;
using System.Text;
using System.Text.Json;
using AiOutliers.Tests.Shared;

[assembly: AssemblyFixture(typeof(AiOutliers.Service.Tests.Process.ServiceFixture))]

namespace AiOutliers.Service.Tests.Process;

/// <summary>One real service for all tests that only ask: a small body limit, no data source, the golden models.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    internal static readonly string[] Command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "rb-aioutliers.dll")];

    internal ServiceProcess Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Service = await ServiceProcess.StartAsync(Command, new Dictionary<string, string>
    {
        ["OutliersServerProduction__max_body_megabytes"] = "2",
        ["Models__path"] = Golden.Path("keras"),
    });

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    /// <summary>Posts form fields, each base64 of the text given.</summary>
    internal static async Task<Answer> PostAsync(ServiceProcess service, string path, params (string Name, string Text)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, Convert.ToBase64String(Encoding.UTF8.GetBytes(field.Text)))));
        return await PostAsync(service, path, form);
    }

    internal static async Task<Answer> PostAsync(ServiceProcess service, string path, HttpContent content)
    {
        using var response = await service.Client.PostAsync(path, content);
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return new(response.StatusCode, json.RootElement.Clone(), response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.Single() : null);
    }

    internal sealed record Answer(HttpStatusCode Status, JsonElement Json, string? RequestId)
    {
        public string? Message => Json.GetProperty("msg").GetString();
    }
}
