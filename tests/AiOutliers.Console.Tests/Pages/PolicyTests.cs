using System.Net;
using System.Text.RegularExpressions;

namespace AiOutliers.Console.Tests.Pages;

public sealed class PolicyTests(SampleService service)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/explore?last=7d")]
    [InlineData("/models/traffic")]
    [InlineData("/queue")]
    [InlineData("/settings")]
    public async Task Page_AnyOfThem_ComesWithAStrictPolicyAndKeepsIt(string path)
    {
        using var answer = await service.Service.Client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'self';");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldNotMatch(@"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:|https?://(?!127\.0\.0\.1)");
    }

    /// <summary>Whoever writes into a field of the address, or into the data, writes text.</summary>
    [Theory]
    [InlineData("source")]
    [InlineData("metric")]
    [InlineData("where")]
    [InlineData("by")]
    [InlineData("every")]
    [InlineData("last")]
    [InlineData("from")]
    [InlineData("to")]
    [InlineData("detector")]
    [InlineData("sensitivity")]
    [InlineData("direction")]
    [InlineData("query")]
    public async Task Explore_MarkupInAField_IsText(string field)
    {
        const string Hostile = "x=\"'><script>alert(1)</script><img src=x onerror=alert(1)>";
        var html = await service.Service.Client.GetStringAsync($"/explore?{field}={Uri.EscapeDataString(Hostile)}");
        html.ShouldContain("&lt;script&gt;alert(1)");
        Regex.Count(html, "<script").ShouldBe(1);
        html.ShouldNotContain("<img");
    }

    [Fact]
    public async Task Asset_OfThePage_IsKeptForGoodAndCompressed()
    {
        var page = await service.Service.Client.GetStringAsync("/models");
        var script = Regex.Match(page, "/assets/console\\.[0-9a-f]{12}\\.js").Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, script) { Headers = { { "Accept-Encoding", "br" } } };
        using var answer = await service.Service.Client.SendAsync(request);
        answer.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBeLessThan(45_000);
    }

    /// <summary>A page of one build asks a node of another while the nodes behind a balancer are updated.</summary>
    [Fact]
    public async Task Asset_OfAnotherBuild_IsTheOwnOneAndNotKept()
    {
        var own = await service.Service.Client.GetStringAsync(
            Regex.Match(await service.Service.Client.GetStringAsync("/models"), "/assets/style[^\"]+").Value);
        using var answer = await service.Service.Client.GetAsync("/assets/style.000000000000.css");
        (await answer.Content.ReadAsStringAsync()).ShouldBe(own);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/assets/none.000000000000.js")]
    [InlineData("/assets/console.000000000000.css")]
    [InlineData("/assets/console.js")]
    public async Task Asset_OfNoBuild_IsNotThere(string path) =>
        (await service.Service.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    /// <summary>Browsers ask for it beside rows and fragments, which name no icon.</summary>
    [Fact]
    public async Task Icon_OfAnAddressThatIsNoPage_IsTheConsoles()
    {
        using var answer = await service.Service.Client.GetAsync("/favicon.ico");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
    }
}
