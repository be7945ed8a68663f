using Microsoft.Playwright;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>What a monitor would have found, before it is one.</summary>
public sealed class PreviewTests(SampleService service, Chromium chromium)
{
    private const string Path = "/monitors/new?where=sensor_name%3Dheadquarters&metric=bytes&every=PT5M&last=7d";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Preview_FromTheEditor_ShowsWhatItWouldHaveFoundWithItsPictures(bool dark)
    {
        await using var page = await chromium.OpenAsync(service.Address, dark);
        await page.GoAsync(Path);
        await page.Page.ClickAsync("text=Preview");
        await page.DrawnAsync();
        (await page.Page.InnerTextAsync("#preview")).ShouldContain("It would have found 2 incidents");
        foreach (var labelled in (string[])["2024-09-24T14:10", "2024-09-27T11:00"])
            (await page.Page.Locator($"#preview time[datetime^='{labelled}']").CountAsync()).ShouldBe(1, labelled);
        (await page.Page.Locator("#preview canvas").CountAsync()).ShouldBe(1);
        await page.ShouldBeAccessibleAsync();
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Preview_WithoutScripts_IsAPageWithThePicture()
    {
        await using var page = await chromium.OpenAsync(service.Address, scripts: false, width: 360);
        await page.GoAsync(Path);
        await page.Page.ClickAsync("text=Preview");
        // The page is there before its picture is.
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        (await page.Page.InnerTextAsync("#preview")).ShouldContain("It would have found");
        var picture = page.Page.Locator("noscript img, .charts > img").First;
        (await picture.EvaluateAsync<int>("image => image.naturalWidth")).ShouldBeGreaterThan(0);
        await page.ShouldFitTheWindowAsync();
    }

    [Fact]
    public async Task Preview_OfABrokenDocument_SaysWhatIsWrong()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync(Path);
        await page.Page.FillAsync("#document", "kind: Monitor");
        await page.Page.ClickAsync("text=Preview");
        await page.Page.WaitForSelectorAsync("#preview [role=alert]");
        (await page.Page.InnerTextAsync("#preview")).ShouldContain("metadata");
    }
}
