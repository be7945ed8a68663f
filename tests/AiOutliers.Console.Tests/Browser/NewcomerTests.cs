namespace AiOutliers.Console.Tests.Browser;

/// <summary>Who sees the console for the first time finds the flood.</summary>
public sealed class NewcomerTests(SampleService service, Chromium chromium)
{
    [Fact]
    public async Task Walk_FromTheOverviewToTheFlood_ShowsWhatItWas()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/");
        (await page.Page.TextContentAsync("tbody tr:first-child td:last-child")).ShouldNotBeNull().ShouldContain("spike of bytes, 24 Sep 14:10");
        await page.Page.ClickAsync("text=headquarters");
        await page.DrawnAsync();
        var incidents = page.Page.Locator("section", new() { HasText = "2 incidents" });
        (await incidents.InnerTextAsync()).ShouldContain("robust deviations above the usual for Tuesday");
        await incidents.Locator("a[data-row]").First.ClickAsync();
        await page.AtAsync("view=");
        await page.DrawnAsync();
        await page.Page.GoBackAsync();
        await page.AtAsync("view=", isGone: true);
        await page.DrawnAsync();
        await page.Page.ClickAsync("a:text-is('causes')");
        (await page.Page.InnerTextAsync("#causes .words")).ShouldContain("dst_ip");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Form_AnotherMetric_SwapsTheAnswerAndTellsTheAddress()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/explore?where=sensor_name%3Dheadquarters&last=7d");
        await page.DrawnAsync();
        await page.Page.CheckAsync("#metric-flows");
        await page.Page.WaitForSelectorAsync("figure[data-metric=flows] canvas");
        page.Page.Url.ShouldContain("metric=bytes&metric=flows");
        page.Page.Url.ShouldNotContain("by=&");
        await page.Page.ReloadAsync();
        (await page.Page.IsCheckedAsync("#metric-flows")).ShouldBeTrue();
        await page.Page.GoBackAsync();
        await page.Page.WaitForSelectorAsync("figure[data-metric=flows]", new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Chart_ZoomedByKeys_AsksForFinerRowsAndKeepsTheViewInTheAddress()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/explore?where=sensor_name%3Dheadquarters&last=28d&every=PT1M");
        await page.DrawnAsync();
        await page.Page.FocusAsync("figure");
        var finer = await page.Page.RunAndWaitForResponseAsync(() => page.Page.Keyboard.PressAsync("+"), static answer => answer.Url.Contains("view="));
        finer.Status.ShouldBe(200);
        await page.AtAsync("view=");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_WithoutScripts_ShowListsFormsAndThePicture()
    {
        await using var page = await chromium.OpenAsync(service.Address, scripts: false);
        await page.GoAsync("/explore?where=sensor_name%3Dheadquarters&from=2024-09-24&to=2024-09-25");
        var picture = page.Page.Locator("noscript img, .charts > img").First;
        (await picture.EvaluateAsync<int>("image => image.naturalWidth")).ShouldBeGreaterThan(0);
        (await page.Page.InnerTextAsync("main")).ShouldContain("1 incident");
        await page.Page.FillAsync("#by", "sensor_name");
        await page.Page.ClickAsync("button[type=submit]");
        (await page.Page.InnerTextAsync("main")).ShouldContain("1 series by sensor_name");
    }

    [Fact]
    public async Task Theme_Switched_StaysOnTheNextPage()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/");
        await page.Page.ClickAsync("[data-theme-switch]");
        // The browser stores a cookie beside what else it does; no hand is as quick as a test.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await page.Page.Context.CookiesAsync()).All(static cookie => cookie.Name != "theme"))
            await Task.Delay(20, limit.Token);
        await page.GoAsync("/models");
        (await page.Page.GetAttributeAsync("html", "data-theme")).ShouldBe("dark");
    }
}
