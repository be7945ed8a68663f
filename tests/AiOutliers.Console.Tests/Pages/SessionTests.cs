using System.Net;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>What a browser brings instead of its key.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Session_OfOneNode_IsKnownToTheOtherAndEndsWithItsKey()
    {
        using var folder = new TemporaryFolder();
        await using var one = await SignedIn.ServiceAsync(folder);
        await using var other = await SignedIn.ServiceAsync(folder);
        var cookies = new CookieContainer();
        using var client = await SignedIn.ClientAsync(one.Address, SignedIn.OperatorsKey, cookies);
        var cookie = cookies.GetAllCookies().Single();
        cookie.Value.ShouldNotContain(SignedIn.OperatorsKey);
        (await StatusAsync(other, cookie)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(one, cookie)).ShouldBe(HttpStatusCode.OK);
        var file = Path.Combine(folder.Path, "keys");
        await File.WriteAllLinesAsync(file, (await File.ReadAllLinesAsync(file)).Where(static line => !line.StartsWith("otto", StringComparison.Ordinal)));
        (await StatusAsync(other, cookie)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(one, cookie)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_AfterARestart_GoesOn()
    {
        using var folder = new TemporaryFolder();
        var cookies = new CookieContainer();
        await using (var before = await SignedIn.ServiceAsync(folder))
        using (await SignedIn.ClientAsync(before.Address, SignedIn.ViewersKey, cookies)) { }
        await using var after = await SignedIn.ServiceAsync(folder);
        (await StatusAsync(after, cookies.GetAllCookies().Single())).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("aio_admin-of-the-tests")]
    [InlineData("")]
    public async Task Session_ThatNobodyMade_IsNobodys(string value)
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        (await StatusAsync(service, new Cookie("aioutliers-session", value))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpStatusCode> StatusAsync(ServiceProcess service, Cookie cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = service.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"{cookie.Name}={cookie.Value}");
        using var answer = await client.GetAsync("/models");
        return answer.StatusCode;
    }
}
