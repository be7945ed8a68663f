using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Process;

/// <summary>Version 2 answers as its description says; the description is the one in docs/; the examples run.</summary>
[Trait("tier", "integration")]
public sealed partial class VersionTwoDescriptionTests(SamplesService samples)
{
    private const string Question = """{"series":{"metrics":["bytes"],"granularity":"PT5M","interval":"2024-09-24T12:00Z/2024-09-25T00:00Z","by":["sensor_name"]}}""";

    [Fact]
    public async Task Get_OpenApi_IsTheDocumentInTheRepository()
    {
        using var served = await DescriptionAsync();
        using var kept = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Golden.Root, "docs", "openapi-v2.json")));
        JsonElement.DeepEquals(served.RootElement, kept.RootElement).ShouldBeTrue("docs/openapi-v2.json is out of date: save GET /openapi/v2.json of a running service over it");
    }

    public static TheoryData<string, int> Questions => new()
    {
        { Question, 200 },
        { Question.Replace("}}", """},"include":["incidents"],"only":"anomalous"}""", StringComparison.Ordinal), 200 },
        { """{"data":[{"timestamp":"2024-03-01T00:00:00Z","result":{"bytes":1}}]}""", 200 },
        { "{}", 400 },
        { Question.Replace("2024", "2034", StringComparison.Ordinal), 422 },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Post_Detect_IsAnsweredAsDescribed(string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await samples.Service.Client.PostAsync("/api/v2/detect", content);
        await ShouldBeDescribedAsync("/api/v2/detect", "post", status, response);
    }

    [Theory]
    [InlineData("/api/v2/datasources", "/api/v2/datasources", 200)]
    [InlineData("/api/v2/datasources", "/api/v2/datasources?q=FLOW&limit=1&after=rb", 200)]
    [InlineData("/api/v2/datasources", "/api/v2/datasources?limit=501", 400)]
    [InlineData("/api/v2/datasources/{name}", "/api/v2/datasources/rb_flow", 200)]
    [InlineData("/api/v2/datasources/{name}", "/api/v2/datasources/none", 404)]
    [InlineData("/api/v2/datasources/{name}/values", "/api/v2/datasources/rb_flow/values?dimension=sensor_name&q=HEAD", 200)]
    [InlineData("/api/v2/datasources/{name}/values", "/api/v2/datasources/rb_flow/values?dimension=colour", 400)]
    [InlineData("/api/v2/datasources/{name}/values", "/api/v2/datasources/rb_flow/values", 400)]
    [InlineData("/api/v2/detectors", "/api/v2/detectors", 200)]
    public async Task Get_Catalog_IsAnsweredAsDescribed(string path, string address, int status)
    {
        using var response = await samples.Service.Client.GetAsync(address);
        await ShouldBeDescribedAsync(path, "get", status, response);
    }

    [Fact]
    public async Task Get_Values_AreThoseThatContainTheText()
    {
        using var answer = JsonDocument.Parse(await samples.Service.Client.GetStringAsync("/api/v2/datasources/rb_flow/values?dimension=sensor_name&q=HEAD"));
        answer.RootElement.GetProperty("values").EnumerateArray().Select(static value => value.GetProperty("value").GetString()).ShouldBe(["headquarters"]);
    }

    /// <summary>The page and its scripts come from the service, and the browser is told to load nothing from elsewhere.</summary>
    [Fact]
    public async Task Get_Docs_LoadsNothingFromElsewhere()
    {
        using var response = await samples.Service.Client.GetAsync("/docs/");
        var page = await response.Content.ReadAsStringAsync();

        page.ShouldNotContain("://");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("http");
        var scripts = Script().Matches(page).Select(static match => match.Groups["name"].Value).ToArray();
        scripts.ShouldNotBeEmpty();
        foreach (var script in scripts)
            (await samples.Service.Client.GetAsync("/docs/" + script)).StatusCode.ShouldBe(HttpStatusCode.OK, script);
    }

    [Fact]
    public async Task Docs_EveryCurlExample_Runs()
    {
        var examples = Curl().Matches(File.ReadAllText(Path.Combine(Golden.Root, "docs", "api.md"))).Select(static match => match.Groups["command"].Value).ToArray();

        examples.Length.ShouldBe(3);
        foreach (var example in examples)
        {
            var command = example.Replace("http://localhost:39091", samples.Service.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
            var run = await CommandRun.OfAsync(["bash", "-c", command.Replace("curl -s", "curl -sf", StringComparison.Ordinal)]);
            run.ExitCode.ShouldBe(0, example + run.Output);
            run.Output.ShouldContain("headquarters");
        }
    }

    private async Task ShouldBeDescribedAsync(string path, string method, int status, HttpResponseMessage response)
    {
        ((int)response.StatusCode).ShouldBe(status);
        using var description = await DescriptionAsync();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        new AnswerSchema(description.RootElement).Mismatch(path, method, status, response.Content.Headers.ContentType!.MediaType!, answer.RootElement).ShouldBeNull();
    }

    private async Task<JsonDocument> DescriptionAsync() => JsonDocument.Parse(await samples.Service.Client.GetStringAsync("/openapi/v2.json"));

    [GeneratedRegex("src=\"(?<name>[^\"]+)\"")]
    private static partial Regex Script();

    [GeneratedRegex("^```bash\n(?<command>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Curl();
}
