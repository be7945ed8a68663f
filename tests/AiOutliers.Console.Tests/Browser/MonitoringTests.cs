namespace AiOutliers.Console.Tests.Browser;

/// <summary>The pages of monitors and incidents, over monitors that really run.</summary>
[Collection(typeof(ReplayedService.Tests))]
public sealed class MonitoringTests(ReplayedService replayed, Chromium chromium)
{
    [Fact]
    public async Task Incident_JudgedByAPerson_SaysSoInItsHistory()
    {
        await using var page = await chromium.OpenAsync(replayed.Service.Address);
        await page.GoAsync(replayed.Incident);
        await page.DrawnAsync();
        (await page.Page.InnerTextAsync("main")).ShouldContain("sensor_name=headquarters");
        await page.Page.SelectOptionAsync("#verdict", "confirmed");
        await page.Page.FillAsync("#verdict-note", "a real flood <b>");
        await page.Page.ClickAsync("text=Give verdict");
        (await page.Page.InnerTextAsync(".history")).ShouldContain("local: verdict, confirmed: a real flood <b>");
        await page.Page.FillAsync("#comment", "ticket 4711");
        await page.Page.ClickAsync("text=Add");
        (await page.Page.InnerTextAsync(".history")).ShouldContain("ticket 4711");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Editor_WhileTyping_TellsWhatIsWrongAndWhatWouldChange()
    {
        await using var page = await chromium.OpenAsync(replayed.Service.Address);
        await page.GoAsync("/explore?where=sensor_name%3Dguest-wifi&last=7d");
        await page.Page.ClickAsync("text=Save as monitor");
        await page.Page.WaitForSelectorAsync("#plan >> text=guest-wifi-bytes: will be created, revision 1");
        var document = await page.Page.InputValueAsync("#document");
        await page.Page.FillAsync("#document", document.Replace("seasonal-scan", "crystal-ball"));
        await page.Page.WaitForSelectorAsync("#plan >> text=crystal-ball");
        await page.Page.FillAsync("#document", document.Replace("minSeverity: 50", "minSeverity: 60"));
        await page.Page.WaitForSelectorAsync("#plan >> text=will be created");
        await page.Page.ClickAsync("text=Apply");
        await page.AtAsync("/monitors/guest-wifi-bytes");
        (await page.Page.InputValueAsync("#document")).ShouldContain("minSeverity: 60");
        await page.GoAsync("/monitors");
        (await page.Page.InnerTextAsync("main")).ShouldContain("guest-wifi-bytes");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Incidents_ExamplesOfTimes_AreOfTheReplay()
    {
        await using var page = await chromium.OpenAsync(replayed.Service.Address);
        await page.GoAsync("/incidents");
        (await page.Page.GetAttributeAsync("#to", "placeholder"))!.ShouldStartWith("2024-09-");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_ByAxe_HaveNoViolationAndFitNarrowWindows(bool dark)
    {
        await using var page = await chromium.OpenAsync(replayed.Service.Address, dark, width: 360);
        string[] pages =
        [
            "/", "/incidents", "/incidents?state=all", replayed.Incident, "/monitors", "/monitors/sensors", "/monitors/new",
            "/monitors/sensors/preview?days=3", "/monitors/new?kind=contact", "/settings",
        ];
        foreach (var path in pages)
        {
            await page.GoAsync(path);
            await page.ShouldBeAccessibleAsync(path);
            await page.ShouldFitTheWindowAsync(path);
        }
        page.Errors.ShouldBeEmpty();
    }
}
