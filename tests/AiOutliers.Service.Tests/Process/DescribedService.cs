using System.Text;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Asks a service, and checks that each answer is as its /openapi/v2.json describes it.</summary>
internal sealed class DescribedService(ServiceProcess service, AnswerSchema description)
{
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Method and path of each endpoint that has answered with success.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public AnswerSchema Description => description;

    public static async Task<DescribedService> OfAsync(ServiceProcess service) =>
        new(service, new(JsonElement.Parse(await service.Client.GetByteArrayAsync("/openapi/v2.json"))));

    /// <param name="method">As the description writes it, in small letters.</param>
    /// <param name="path">The path in the description.</param>
    /// <param name="address">What is asked.</param>
    /// <param name="status">What must come back.</param>
    /// <param name="body">Sent as JSON, which YAML may stand in for.</param>
    /// <returns>The answer; nothing where it has no content.</returns>
    public async Task<JsonElement> AskAsync(string method, string path, string address, int status, string? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), address);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await service.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, $"{method} {address}: {text}");
        if (status < 300)
            _asked.Add($"{method} {path}");
        if (text.Length == 0)
        {
            description.HasEmpty(path, method, status).ShouldBeTrue($"{method} {path} documents no empty answer with status {status}");
            return default;
        }
        var json = JsonElement.Parse(text);
        var type = answer.Content.Headers.ContentType!.MediaType!;
        description.Mismatch(path, method, status, type, json).ShouldBeNull($"{method} {address}");
        return json;
    }
}
