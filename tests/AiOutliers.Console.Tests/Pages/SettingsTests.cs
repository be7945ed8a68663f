using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>Who is told and who may ask, changed by a page.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task Contact_Tested_IsToldAndThePageSaysSo()
    {
        using var folder = new TemporaryFolder();
        var told = "";
        await using var receiver = await FakeBroker.StartAsync(async (context, _) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            told += await reader.ReadToEndAsync();
        });
        await using var service = await SignedIn.ServiceAsync(folder);
        using var admin = await SignedIn.ClientAsync(service.Address, SignedIn.AdminsKey);
        var document = $$"""
            apiVersion: aioutliers/v1
            kind: Contact
            metadata: { name: noc }
            spec: { webhook: { url: "{{receiver.Endpoint}}" } }
            ---
            apiVersion: aioutliers/v1
            kind: Route
            metadata: { name: nights }
            spec: { minSeverity: 70, contacts: [noc] }
            """;
        using var applied = await admin.PostAsync("/monitors/apply", SignedIn.Form(("document", document)));
        applied.StatusCode.ShouldBe(HttpStatusCode.OK, await applied.Content.ReadAsStringAsync());
        var page = await (await admin.PostAsync("/settings/contacts/noc/test", null)).Content.ReadAsStringAsync();
        page.ShouldContain("A sample was sent to noc.");
        page.ShouldContain("nights");
        told.ShouldContain("sensor_name=sample");
        // An address is a secret: it may hold a token.
        (await admin.GetStringAsync("/settings/contacts/noc")).ShouldNotContain(receiver.Endpoint.Authority);
    }

    [Fact]
    public async Task Look_ZoneThatIsNone_SaysSoAndKeepsNothing()
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        using var admin = await SignedIn.ClientAsync(service.Address, SignedIn.AdminsKey);
        using var answer = await admin.PostAsync("/settings/look", SignedIn.Form(("theme", "dark"), ("zone", "Mars/Olympus")));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("&#x27;Mars/Olympus&#x27; is not a time zone");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Contact_ThatTakesNothing_SaysWhy()
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        using var admin = await SignedIn.ClientAsync(service.Address, SignedIn.AdminsKey);
        const string Document = """
            apiVersion: aioutliers/v1
            kind: Contact
            metadata: { name: nobody }
            spec: { webhook: { url: "http://127.0.0.1:9/" } }
            """;
        using var applied = await admin.PostAsync("/monitors/apply", SignedIn.Form(("document", Document)));
        using var tested = await admin.PostAsync("/settings/contacts/nobody/test", null);
        tested.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var told = await tested.Content.ReadAsStringAsync();
        told.ShouldContain("The sample did not arrive");
        told.ShouldContain("nobody&#x27; did not get the message");
        const string Route = "apiVersion: aioutliers/v1\nkind: Route\nmetadata: { name: all }\nspec: { contacts: [nobody, ghost] }";
        using var doubted = await admin.PostAsync("/monitors/check", SignedIn.Form(("document", Route)));
        (await doubted.Content.ReadAsStringAsync()).ShouldContain("names the contact &#x27;ghost&#x27;, which does not exist");
        using var routed = await admin.PostAsync("/monitors/apply", SignedIn.Form(("document", Route)));
        using var refused = await admin.PostAsync("/settings/contacts/nobody/delete", null);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("&#x27;nobody&#x27; is named by Route/all:");
        using var unrouted = await admin.PostAsync("/settings/routes/all/delete", null);
        using var deleted = await admin.PostAsync("/settings/contacts/nobody/delete", null);
        (await deleted.Content.ReadAsStringAsync()).ShouldContain("Nobody is told");
    }

    [Fact]
    public async Task Key_Made_IsShownOnceAndWorksUntilItIsRevoked()
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        using var admin = await SignedIn.ClientAsync(service.Address, SignedIn.AdminsKey);
        using var made = await admin.PostAsync("/settings/keys", SignedIn.Form(("name", "night-shift"), ("role", "viewer")));
        made.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var secret = Regex.Match(await made.Content.ReadAsStringAsync(), @"aio_[\w-]{43}").Value;
        secret.ShouldNotBeEmpty();
        (await StatusAsync(service, secret)).ShouldBe(HttpStatusCode.OK);
        var page = await admin.GetStringAsync("/settings");
        page.ShouldContain("night-shift");
        page.ShouldNotContain(secret);
        using var revoked = await admin.PostAsync("/settings/keys/revoke", SignedIn.Form(("name", "night-shift")));
        (await revoked.Content.ReadAsStringAsync()).ShouldNotContain("night-shift");
        (await StatusAsync(service, secret)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(SignedIn.ViewersKey)]
    [InlineData(SignedIn.OperatorsKey)]
    public async Task Keys_OfWhoIsNotAnAdmin_AreNeitherSeenNorChanged(string key)
    {
        using var folder = new TemporaryFolder();
        await using var service = await SignedIn.ServiceAsync(folder);
        using var client = await SignedIn.ClientAsync(service.Address, key);
        (await client.GetStringAsync("/settings")).ShouldNotContain(">ada<");
        foreach (var path in new[] { "/settings/keys", "/settings/keys/revoke", "/settings/contacts/noc/test", "/monitors/apply" })
        {
            using var answer = await client.PostAsync(path, SignedIn.Form(("name", "ada"), ("role", "admin")));
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }
    }

    [Fact]
    public async Task Sources_ThatAreMany_ComeInPartsAndAreFoundByTheirName()
    {
        using var folder = new TemporaryFolder();
        for (var number = 0; number < 60; number++)
            await File.WriteAllTextAsync(Path.Combine(folder.Path, $"feed-{number:D2}.csv"), "timestamp,bytes\n2024-09-24T00:00:00Z,1\n");
        await using var service = await ServiceProcess.StartAsync(SampleService.Command, SampleService.Settings(folder.Path));

        var first = await SourcesAsync("/settings");
        first.ShouldContain("1–50 of 60");
        Names(first).Count.ShouldBe(50);
        var next = WebUtility.HtmlDecode(Regex.Match(first, "rel=\"next\"[^>]*href=\"([^\"]+)\"").Groups[1].Value);
        Names(await SourcesAsync(next)).Concat(Names(first)).Distinct().Count().ShouldBe(60);
        Names(await SourcesAsync("/settings?source=FEED-1")).Count.ShouldBe(10);
        (await SourcesAsync("/settings?source=nothing")).ShouldContain("No data source has “nothing” in its name.");

        // Asked for again until all are read, as the page does it.
        async Task<string> SourcesAsync(string path)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (true)
            {
                var html = await service.Client.GetStringAsync(path, limit.Token);
                var panel = Regex.Match(html, "<section class=\"panel\" id=\"sources\".*?</section>", RegexOptions.Singleline).Value;
                if (!panel.Contains("hx-get", StringComparison.Ordinal))
                    return panel;
                await Task.Delay(200, limit.Token);
            }
        }

        static List<string> Names(string html) =>
            [.. Regex.Matches(html, "<th scope=\"row\".*?(feed-[0-9]{2})", RegexOptions.Singleline).Select(static row => row.Groups[1].Value)];
    }

    private static async Task<HttpStatusCode> StatusAsync(ServiceProcess service, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v2/datasources")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", secret) },
        };
        using var answer = await service.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
