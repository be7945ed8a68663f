using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>What a page shows can be had without it: its call, to copy.</summary>
[Collection(typeof(ReplayedService.Tests))]
public sealed class CodeTests(ReplayedService replayed)
{
    private const string Causes = "/explore/causes?where=sensor_name%3Dheadquarters&from=2024-09-24&to=2024-09-25&metric=bytes&of=bytes"
        + "&window=1727187000000%2F1727189100000";

    [Theory]
    [InlineData("/", "/api/v2/detect")]
    [InlineData("/incidents?state=all&last=28d&q=headquarters", "/api/v2/incidents?q=headquarters")]
    [InlineData("/incidents?from=2024-09-01&to=2024-10-01", "/api/v2/incidents?state=not-closed")]
    [InlineData("incident", "/api/v2/incidents/")]
    [InlineData("/monitors", "/api/v2/monitors")]
    [InlineData("/monitors/sensors", "/api/v2/monitors/sensors")]
    [InlineData("/settings", "/api/v2/contacts")]
    public async Task Curl_OfAPage_IsAnswered(string path, string call)
    {
        var html = await replayed.Service.Client.GetStringAsync(path == "incident" ? replayed.Incident : path);
        var code = WebUtility.HtmlDecode(Regex.Match(html, "<pre id=\"code\"[^>]*>(.*?)</pre>", RegexOptions.Singleline).Groups[1].Value);
        var address = Regex.Match(code, "curl '?(http[^' ]+)").Groups[1].Value;
        address.ShouldContain(call);
        var body = Regex.Match(code, @"<<'JSON'\n(.*)\nJSON", RegexOptions.Singleline).Groups[1];
        using var content = new StringContent(body.Value, Encoding.UTF8, "application/json");
        using var answer = body.Success
            ? await replayed.Service.Client.PostAsync(address, content) : await replayed.Service.Client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        (await answer.Content.ReadAsStringAsync()).Length.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("/monitors/new", "document-code", "/api/v2/monitors")]
    [InlineData("/monitors/new?kind=contact", "document-code", "/api/v2/monitors")]
    [InlineData("/monitors/sensors/preview", "document-code", "/api/v2/monitors")]
    [InlineData(Causes, "causes-code", "/api/v2/explain")]
    public async Task Curl_OfAForm_IsAnswered(string path, string id, string call)
    {
        var html = await replayed.Service.Client.GetStringAsync(path);
        var code = WebUtility.HtmlDecode(Regex.Match(html, $"<pre id=\"{id}\"[^>]*>(.*?)</pre>", RegexOptions.Singleline).Groups[1].Value);
        var address = Regex.Match(code, "curl (http[^ ]+)").Groups[1].Value;
        address.ShouldEndWith(call);
        var type = Regex.Match(code, "Content-Type: ([^']+)").Groups[1].Value;
        var body = Regex.Match(code, @"<<'(\w+)'\n(.*)\n\1", RegexOptions.Singleline);
        // What applies a document is only planned here: other tests count the monitors.
        using var content = new StringContent(body.Groups[2].Value, Encoding.UTF8, type);
        using var answer = await replayed.Service.Client.PostAsync(address.Replace("/monitors", "/monitors/plan"), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Command_OfAPreview_HasItsDaysAndItsEnd() =>
        (await replayed.Service.Client.GetStringAsync("/monitors/sensors/preview?days=3"))
            .ShouldMatch("rb-aioutliers monitors preview - --days 3 --until 20[0-9-]+T[0-9:]+Z --config config.ini");

    [Theory]
    [InlineData("/models", "rb-aioutliers models")]
    [InlineData("/models/traffic", "rb-aioutliers inspect traffic")]
    [InlineData("/queue", "rb-aioutliers jobs")]
    public async Task Command_OfAPageWithoutACall_IsNamed(string path, string command) =>
        (await replayed.Service.Client.GetStringAsync(path)).ShouldContain($"<pre id=\"code\" tabindex=\"0\">{command}</pre>");
}
