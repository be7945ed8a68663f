using System.Net;
using AiOutliers.Console.Tests.Browser;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests.Pages;

public sealed class SignInTests(Chromium chromium)
{
    [Fact]
    public async Task SignIn_RightKey_OpensWhatItsRoleAllowsAndNothingMore()
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/models");
        await page.Page.FillAsync("#key", "aio_wrong");
        await page.Page.ClickAsync("main button");
        (await page.Page.InnerTextAsync("[role=alert]")).ShouldContain("not valid");
        await page.Page.FillAsync("#key", SignedIn.ViewersKey);
        await page.Page.ClickAsync("main button");
        await page.AtAsync("/models");
        await page.GoAsync("/explore");
        (await page.Page.InnerTextAsync("main")).ShouldContain("Your role does not allow this");
        var cookie = (await page.Page.Context.CookiesAsync()).Single(static cookie => cookie.Name == "aioutliers-session");
        (cookie.HttpOnly, cookie.SameSite).ShouldBe((true, Microsoft.Playwright.SameSiteAttribute.Lax));
    }

    /// <summary>Whoever writes while the session ends loses neither the words nor the place.</summary>
    [Fact]
    public async Task Session_ThatEndsWhileSomebodyWrites_LosesNothing()
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        await using var page = await chromium.OpenAsync(service.Address);
        await SignInAsync("/monitors/new");
        var field = page.Page.Locator("textarea");
        await page.Page.Context.ClearCookiesAsync();
        await field.PressAsync("Control+End");
        await field.PressSequentiallyAsync("# mine");
        await page.Page.WaitForSelectorAsync("#refusal >> text=Your session has ended");
        (await field.InputValueAsync()).ShouldEndWith("# mine");
        await page.Page.ClickAsync("button:text-is('Apply')");
        (await page.Page.InnerTextAsync("[role=alert]")).ShouldContain("nothing was changed");
        await page.Page.FillAsync("#key", SignedIn.AdminsKey);
        await page.Page.ClickAsync("main button");
        await page.AtAsync("/monitors/new");

        async Task SignInAsync(string path)
        {
            await page.GoAsync(path);
            await page.Page.FillAsync("#key", SignedIn.AdminsKey);
            await page.Page.ClickAsync("main button");
            await page.AtAsync(path);
        }
    }

    [Theory]
    [InlineData("http://HOST/incidents/ab?x=1", "/incidents/ab?x=1")]
    [InlineData("http://evil.example/incidents", "/")]
    [InlineData("http://HOST//evil.example", "/")]
    public async Task SignIn_AfterAForm_LeadsBackToItsPage(string from, string back)
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/incidents/ab/comment")
        {
            Headers = { Referrer = new(from.Replace("HOST", service.Address.Authority, StringComparison.Ordinal)) },
            Content = SignedIn.Form(("note", "x")),
        };
        using var answer = await service.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"name=\"back\" value=\"{back}\"");
    }

    [Fact]
    public async Task SignIn_ToAnotherSite_StaysHere()
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = service.Address };
        foreach (var back in new[] { "//evil.example", "/\\evil.example", "https://evil.example/" })
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = SignedIn.OperatorsKey, ["back"] = back });
            using var answer = await client.PostAsync("/sign-in", form);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            answer.Headers.Location!.ToString().ShouldBe("/");
        }
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public async Task SignIn_BehindAProxyThatEndsTls_GetsACookieForTlsOnly(string scheme, bool expected)
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = service.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Headers = { { "Origin", $"{scheme}://{service.Address.Authority}" } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = SignedIn.OperatorsKey }),
        };
        using var answer = await client.SendAsync(request);
        answer.Headers.GetValues("Set-Cookie").Single().Contains("; secure", StringComparison.OrdinalIgnoreCase).ShouldBe(expected);
    }

    /// <summary>The browser adds the cookie to a form of any site; the origin tells whose it is.</summary>
    [Fact]
    public async Task Change_FromAnotherSite_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        using var client = await SignedIn.ClientAsync(service.Address, SignedIn.OperatorsKey);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/settings/look")
        {
            Headers = { { "Origin", "http://evil.example" } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["theme"] = "dark" }),
        };
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData(null, true)]
    public async Task SignOut_OfAnotherSite_ChangesNothing(string? origin, bool expected)
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = service.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var answer = await client.SendAsync(request);
        answer.Headers.Contains("Set-Cookie").ShouldBe(expected);
    }
}
