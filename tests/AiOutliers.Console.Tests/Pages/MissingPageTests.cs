using System.Net;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>Addresses that nobody answers: a page for whoever reads, ProblemDetails for a program.</summary>
public sealed class MissingPageTests(SampleService service)
{
    private const string OfABrowser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "Page not found")]
    [InlineData("/incidents/1/verdict", HttpStatusCode.MethodNotAllowed, "This is not a page")]
    public async Task Address_OfNoPage_IsAPageInABrowser(string path, HttpStatusCode status, string words)
    {
        using var answer = await AskAsync(path, OfABrowser);
        answer.StatusCode.ShouldBe(status);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self';");
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    public async Task Address_OfNoPage_IsAProblemForAProgram(string accepted)
    {
        using var answer = await AskAsync("/nowhere", accepted);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    /// <summary>A program that watches whether the pages are there asks for their heads.</summary>
    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/explore?last=24h", HttpStatusCode.OK)]
    [InlineData("/models/nobody", HttpStatusCode.NotFound)]
    public async Task Head_OfAPage_IsItsStatusAndHeaders(string path, HttpStatusCode status)
    {
        using var answer = await AskAsync(path, OfABrowser, HttpMethod.Head);
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self';");
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string accepted, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path) { Headers = { { "Accept", accepted } } };
        return await service.Service.Client.SendAsync(request);
    }
}
