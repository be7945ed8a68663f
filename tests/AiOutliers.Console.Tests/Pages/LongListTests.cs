using System.Net;
using System.Text.RegularExpressions;

namespace AiOutliers.Console.Tests.Pages;

/// <summary>Lists that nobody reads to their end come in parts, by links that need no script.</summary>
public sealed class LongListTests(LongLists lists) : IClassFixture<LongLists>
{
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
            var html = await lists.Admin.GetStringAsync(next);
            var rows = Regex.Matches(html, $"<a[^>]*data-row[^>]*href=\"[^\"]*/{name}").Select(row => row.Value[^8..]).ToList();
            rows.Count.ShouldBeLessThanOrEqualTo(50);
            found.AddRange(rows);
            var pager = Regex.Match(html, $"<nav class=\"pager end\" aria-label=\"Parts of the {list}\">.*?</nav>", RegexOptions.Singleline);
            next = Regex.Match(pager.Value, "rel=\"next\"[^>]*href=\"([^\"]+)\"") is { Success: true } link
                ? WebUtility.HtmlDecode(link.Groups[1].Value)
                : null;
        }
        found.Distinct().Count().ShouldBe(found.Count);
        found.Count.ShouldBe(all.Length > 0 ? int.Parse(all) : LongLists.Many);
    }

    [Fact]
    public async Task NothingOfAName_IsSaid_AndAllAreOneClickAway()
    {
        var html = await lists.Admin.GetStringAsync("/monitors?q=nobody");

        html.ShouldContain("No monitor has “nobody” in its name.");
        html.ShouldContain("href=\"/monitors\">Show all</a>");
    }

    [Fact]
    public async Task Jobs_PageAfterPage_AreThereOnce()
    {
        // What is done changes its place, and may be on no page meanwhile: wait until all are.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        string[] pages;
        while (JobsOf(pages = await PagesAsync(), "retry").Count < LongLists.Many)
            await Task.Delay(500, limit.Token);

        JobsOf(pages, "cancel").ShouldBeEmpty();
        for (var page = 0; page < pages.Length; page++)
            pages[page].ShouldContain($"{page * 50 + 1}–{Math.Min((page + 1) * 50, LongLists.Many)} of {LongLists.Many}");

        async Task<string[]> PagesAsync() =>
        [
            await lists.Admin.GetStringAsync("/queue?page=1", limit.Token), await lists.Admin.GetStringAsync("/queue?page=2", limit.Token),
            await lists.Admin.GetStringAsync("/queue?page=3", limit.Token),
        ];
    }

    private static HashSet<string> JobsOf(string[] pages, string act) =>
        [.. pages.SelectMany(html => Regex.Matches(html, $"/queue/([^\"/]+)/{act}").Select(static match => match.Groups[1].Value))];
}
