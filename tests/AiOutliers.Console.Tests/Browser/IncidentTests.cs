using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>The page of one incident: what it was like a week before, and why.</summary>
[Collection(typeof(ReplayedService.Tests))]
public sealed class IncidentTests(ReplayedService replayed, Chromium chromium)
{
    [Fact]
    public async Task Chart_OfAnIncident_HasTheWeekBeforeBehindIt()
    {
        await using var page = await chromium.OpenAsync(replayed.Service.Address);
        var asked = page.Page.WaitForResponseAsync(static answer => answer.Url.Contains("/explore/data", StringComparison.Ordinal));
        await page.GoAsync(replayed.Incident);
        await page.DrawnAsync();
        using var rows = JsonDocument.Parse(await (await asked).TextAsync());
        var series = rows.RootElement.GetProperty("series")[0];
        var behind = series.GetProperty("behind").EnumerateArray().ToList();
        behind.Count.ShouldBe(series.GetProperty("time").GetArrayLength());
        behind.Count(static value => value.ValueKind == JsonValueKind.Number).ShouldBeGreaterThan(behind.Count / 2);
        (await page.Page.InnerTextAsync(".legend")).ShouldContain("a week before");
        await page.Page.FocusAsync("figure");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        (await page.Page.InnerTextAsync(".tip")).ShouldContain("a week before");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Causes_OfAnIncidentThatNobodyLookedInto_ComeByAClick()
    {
        await using var page = await chromium.OpenAsync(replayed.Service.Address);
        await page.GoAsync(replayed.Incident);
        await page.Page.ClickAsync("text=Look for its causes");
        await page.Page.WaitForSelectorAsync("#causes .words");
        (await page.Page.InnerTextAsync("#causes")).ShouldContain("dst_ip");
        (await page.Page.IsVisibleAsync("text=Back to the chart")).ShouldBeFalse();
        page.Page.Url.ShouldEndWith(replayed.Incident);
        page.Errors.ShouldBeEmpty();
    }

    /// <summary>The monitor tells nothing that is shorter than five minutes or deviates by less than 20 %.</summary>
    [Fact]
    public async Task Pictures_OfAPreview_ShowWhatTheMonitorTells()
    {
        var html = await replayed.Service.Client.GetStringAsync("/monitors/sensors/preview?days=7");
        var pictures = Regex.Matches(html, "data-charts=\"([^\"]+)\"")
            .Select(static match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
        pictures.ShouldNotBeEmpty();
        foreach (var picture in pictures)
        {
            picture.ShouldContain("option=minDeviationPercent%3D20");
            picture.ShouldContain("least=50&shortest=300000");
            (await IncidentsOfAsync(picture.Replace("shortest=300000", "shortest=86400000000"))).ShouldBe(0);
        }
        (await IncidentsOfAsync(pictures[0])).ShouldBeGreaterThan(0);
    }

    private async Task<int> IncidentsOfAsync(string address)
    {
        using var rows = JsonDocument.Parse(await replayed.Service.Client.GetStringAsync(address));
        return rows.RootElement.GetProperty("series")[0].GetProperty("incidents").GetArrayLength();
    }
}
