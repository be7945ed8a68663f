using System.Net;
using System.Text.RegularExpressions;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>Lists that nobody reads to their end come in parts, by links that need no script.</summary>
public sealed class LongListTests : IAsyncLifetime
{
    private const int Many = 120;

    private readonly TemporaryFolder _folder = new();
    private ServiceProcess _service = null!;
    private HttpClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await SignedIn.ServiceAsync(_folder);
        _admin = await SignedIn.ClientAsync(_service.Address, SignedIn.AdminsKey);
        var monitor = await File.ReadAllTextAsync(Path.Combine(Golden.Root, "samples", "monitors", "sensors.yaml"));
        var documents = Enumerable.Range(0, Many).SelectMany(number => new[]
        {
            monitor.Replace("name: sensors", $"name: edge-{number:D3}"),
            $$"""
            apiVersion: aioutliers/v1
            kind: Contact
            metadata: { name: team-{{number:D3}} }
            spec: { webhook: { url: "http://127.0.0.1:9/" } }
            """,
            $$"""
            apiVersion: aioutliers/v1
            kind: Route
            metadata: { name: route-{{number:D3}} }
            spec: { contacts: [team-000] }
            """,
        });
        var form = SignedIn.Form(("document", string.Join("\n---\n", documents)));
        (await _admin.PostAsync("/monitors/apply", form)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/monitors", "", "edge-[0-9]{3}")]
    [InlineData("/monitors?q=EDGE-0", "100", "edge-[0-9]{3}")]
    [InlineData("/settings", "", "team-[0-9]{3}(?=\")")]
    [InlineData("/settings?contact=team-0", "100", "team-[0-9]{3}(?=\")")]
    [InlineData("/settings", "", "route-[0-9]{3}(?=\")")]
    public async Task Parts_OneAfterTheOther_HaveEveryRowOnce(string first, string all, string name)
    {
        var found = new List<string>();
        var list = name[..name.IndexOf('-')] switch { "edge" => "monitors", "team" => "contacts", _ => "routes" };
        for (var next = first; next is not null;)
        {
            var html = await _admin.GetStringAsync(next);
            var rows = Regex.Matches(html, $"<a[^>]*data-row[^>]*href=\"[^\"]*/{name}").Select(row => row.Value[^8..]).ToList();
            rows.Count.ShouldBeLessThanOrEqualTo(50);
            found.AddRange(rows);
            var pager = Regex.Match(html, $"<nav class=\"pager end\" aria-label=\"Parts of the {list}\">.*?</nav>", RegexOptions.Singleline);
            next = Regex.Match(pager.Value, "rel=\"next\"[^>]*href=\"([^\"]+)\"") is { Success: true } link
                ? WebUtility.HtmlDecode(link.Groups[1].Value)
                : null;
        }
        found.Distinct().Count().ShouldBe(found.Count);
        found.Count.ShouldBe(all.Length > 0 ? int.Parse(all) : Many);
    }

    [Fact]
    public async Task NothingOfAName_IsSaid_AndAllAreOneClickAway()
    {
        var html = await _admin.GetStringAsync("/monitors?q=nobody");

        html.ShouldContain("No monitor has “nobody” in its name.");
        html.ShouldContain("href=\"/monitors\">Show all</a>");
    }
}
