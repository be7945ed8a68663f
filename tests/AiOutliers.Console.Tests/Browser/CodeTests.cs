using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>What a page shows can be had without it: its call, to copy.</summary>
[Collection(typeof(ReplayedService.Tests))]
public sealed class CodeTests(ReplayedService replayed)
{
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
    [InlineData("/models", "rb-aioutliers models")]
    [InlineData("/models/traffic", "rb-aioutliers inspect traffic")]
    [InlineData("/queue", "rb-aioutliers jobs")]
    public async Task Command_OfAPageWithoutACall_IsNamed(string path, string command) =>
        (await replayed.Service.Client.GetStringAsync(path)).ShouldContain($"<pre id=\"code\" tabindex=\"0\">{command}</pre>");
}
