using System.Net;
using System.Text.RegularExpressions;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>Of each page and role: what a page offers is what its reader may do, no more and no less.</summary>
public sealed class OfferedTests(StaffedService staffed) : IClassFixture<StaffedService>
{
    private const string Viewer = SignedIn.ViewersKey, Operator = SignedIn.OperatorsKey, Admin = SignedIn.AdminsKey;

    /// <summary>The last part of the address of each action, in order of the alphabet.</summary>
    [Theory]
    [InlineData("/", "", "", "")]
    [InlineData("/incidents?state=all", "", "", "")]
    [InlineData("INCIDENT", "", "acknowledge comment verdict", "acknowledge comment verdict")]
    [InlineData("/monitors", "", "", "")]
    [InlineData("/monitors/new", "", "check preview", "apply check preview")]
    [InlineData("/monitors/sensors", "", "check preview", "apply check delete preview")]
    [InlineData("/models", "", "", "train")]
    [InlineData("/models/traffic", "", "", "train")]
    [InlineData("/queue", "", "", "retry")]
    [InlineData("/settings", "look sign-out", "look sign-out", "keys look revoke sign-out test")]
    [InlineData("/settings/contacts/noc", "", "", "apply check delete")]
    [InlineData("/settings/routes/nights", "", "", "apply check delete")]
    public async Task Actions_OfAPage_AreThoseOfTheRole(string path, string ofViewer, string ofOperator, string ofAdmin)
    {
        foreach (var (key, expected) in new[] { (Viewer, ofViewer), (Operator, ofOperator), (Admin, ofAdmin) })
        {
            using var client = await SignedIn.ClientAsync(staffed.Service.Address, key);
            var html = await client.GetStringAsync(PathOf(path));
            // A form without an address of its own is not an action: it asks the page again.
            var offered = Regex.Matches(html, "method=\"post\" action=\"([^\"]+)|formaction=\"([^\"]+)|hx-post=\"([^\"]+)")
                .Select(static match => match.Groups.Values.Skip(1).Single(static part => part.Success).Value.Split('/')[^1]);
            string.Join(' ', offered.Distinct().Order(StringComparer.Ordinal)).ShouldBe(expected, $"{key} on {path}");
        }
    }

    [Theory]
    [InlineData("/monitors")]
    [InlineData("/monitors/sensors")]
    [InlineData("/explore?last=24h")]
    public async Task Curl_WhereKeysAreNeeded_HasAPlaceForOne(string path)
    {
        using var client = await SignedIn.ClientAsync(staffed.Service.Address, Admin);
        (await client.GetStringAsync(path)).ShouldContain("-H &#x27;Authorization: Bearer KEY&#x27;");
    }

    /// <summary>A link that ends at "your role does not allow this" is a trap.</summary>
    [Theory]
    [InlineData(Viewer)]
    [InlineData(Operator)]
    [InlineData(Admin)]
    public async Task Links_OfAllPages_LeadWhereTheRoleMayGo(string key)
    {
        using var client = await SignedIn.ClientAsync(staffed.Service.Address, key);
        var (seen, open) = (new HashSet<string>(), new Queue<string>(["/", "/incidents?state=all"]));
        while (open.TryDequeue(out var path))
        {
            using var answer = await client.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var links = Regex.Matches(await answer.Content.ReadAsStringAsync(), "<a [^>]*href=\"(/[^\"#]*)")
                .Select(static match => WebUtility.HtmlDecode(match.Groups[1].Value));
            // One of each kind: Explore has as many addresses as there are questions.
            foreach (var link in links.Where(link => seen.Add(KindOf(link))))
                open.Enqueue(link);
        }
        seen.Count.ShouldBeGreaterThan(12);
        seen.Any(static path => path.StartsWith("/explore", StringComparison.Ordinal)).ShouldBe(key != Viewer);
    }

    /// <summary>What is wrong with a contact leads back to the contacts, not to the monitors.</summary>
    [Theory]
    [InlineData("monitor", "New monitor", "/monitors")]
    [InlineData("contact", "New contact", "/settings#contacts")]
    public async Task Apply_OfWhatCannotBeUsed_ShowsTheEditorThatItCameFrom(string kind, string title, string list)
    {
        using var client = await SignedIn.ClientAsync(staffed.Service.Address, Admin);

        using var answer = await client.PostAsync("/monitors/apply", SignedIn.Form(("document", "kind: Nothing"), ("kind", kind)));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain($"<h1 class=\"wrap\">{title}</h1><a href=\"{list}\">");
        html.ShouldContain($"name=\"kind\" value=\"{kind}\"");
    }

    private string PathOf(string path) => path == "INCIDENT" ? staffed.Incident : path;

    private static string KindOf(string link) => Regex.Replace(link.Split('?')[0], "[0-9a-f]{32}", "ID");
}
