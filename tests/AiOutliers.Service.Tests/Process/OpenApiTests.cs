using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>The description in docs/ is the one that the service gives, and what the service answers is what it describes.</summary>
[Trait("tier", "integration")]
public sealed class OpenApiTests(ServiceFixture fixture)
{
    private const string Causes = """
        {"outliers":[{"timestamp":"2023-10-12T00:00:00.000Z"}],
         "all_ips_data":{"10.0.0.1":[{"timestamp":"2023-10-12T00:00:00.000Z","result":{"bytes":5}}]}}
        """;

    [Fact]
    public async Task Get_OpenApi_IsTheDocumentInTheRepository()
    {
        using var served = await DescriptionAsync();
        using var kept = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Golden.Path("."), "..", "..", "docs", "openapi.json")));

        JsonElement.DeepEquals(served.RootElement, kept.RootElement).ShouldBeTrue("docs/openapi.json is out of date: save GET /openapi/v1.json of a running service over it");
    }

    public static TheoryData<string, string, int> Forms => new()
    {
        { "/calculate", "data=" + Encoded(Rows.Day(1440, spike: 700)), 200 },
        { "/api/v1/outliers", "data=" + Encoded(Rows.Day(1440, spike: 700)), 200 },
        { "/calculate", "data=" + Encoded(Rows.Day(2)), 200 },
        { "/api/v1/outliers", "data=" + Encoded(Rows.Day(2)), 200 },
        { "/calculate", "data=***", 500 },
        { "/api/v1/outliers", "query=" + Encoded("{}"), 500 },
        { "/api/v1/ip_identifier", "payload=" + Uri.EscapeDataString(Causes), 200 },
        { "/api/v1/ip_identifier", "payload=no", 400 },
        { "/calculate", "data=" + new string('A', 3 << 20), 413 },
        { "/api/v1/ip_identifier", "payload=" + new string('A', 3 << 20), 413 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Post_AnyForm_IsAnsweredAsDescribed(string path, string form, int status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(form));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.ExpectContinue = true;
        using var response = await fixture.Service.Client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(status);
        await ShouldBeDescribedAsync(path, "post", response);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Get_Health_IsAnsweredAsDescribed(string path)
    {
        using var response = await fixture.Service.Client.GetAsync(path);
        await ShouldBeDescribedAsync(path, "get", response);
    }

    [Fact]
    public async Task Post_TooFewRows_SaysWhyInAMemberThatIsDescribed()
    {
        using var description = await DescriptionAsync();
        var schemas = description.RootElement.GetProperty("components").GetProperty("schemas");

        (await ServiceFixture.PostAsync(fixture.Service, "/calculate", ("data", Rows.Day(2)))).Message.ShouldNotBeNull();
        schemas.GetProperty("PredictionAnswer").GetProperty("properties").TryGetProperty("msg", out _).ShouldBeTrue();
    }

    private async Task ShouldBeDescribedAsync(string path, string method, HttpResponseMessage response)
    {
        using var description = await DescriptionAsync();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        var type = response.Content.Headers.ContentType!.MediaType!;
        new AnswerSchema(description.RootElement).Mismatch(path, method, (int)response.StatusCode, type, answer.RootElement).ShouldBeNull();
    }

    private async Task<JsonDocument> DescriptionAsync() =>
        JsonDocument.Parse(await fixture.Service.Client.GetStringAsync("/openapi/v1.json"));

    private static string Encoded(string text) => Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
}
