using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>Detectors beside each other, causes of any stretch, completion, and what is shown as code.</summary>
public sealed class ExploreTests(SampleService service, Chromium chromium)
{
    private const string Flood = "/explore?where=sensor_name%3Dheadquarters&from=2024-09-24&to=2024-09-25&metric=bytes";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Compare_TwoDetectors_ShowsWhoFoundWhat(bool dark)
    {
        await using var page = await chromium.OpenAsync(service.Address, dark);
        await page.GoAsync(Flood);
        await page.Page.ClickAsync("text=detector as configured");
        await page.Page.SelectOptionAsync("#compare", "shallow");
        await page.Page.WaitForSelectorAsync("#comparison");
        page.Page.Url.ShouldContain("compare=shallow");
        await page.Page.WaitForSelectorAsync(":nth-match([data-drawn], 2)");
        (await page.Page.InnerTextAsync("#comparison")).ShouldContain("seasonal-scan beside shallow");
        await page.ShouldBeAccessibleAsync();
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stretch_ChosenByDragging_IsExplained()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync(Flood);
        await page.DrawnAsync();
        var box = (await page.Page.Locator(".u-over").BoundingBoxAsync())!;
        await page.Page.Keyboard.DownAsync("Shift");
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.59f, box.Y + 60);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.615f, box.Y + 60, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
        await page.Page.Keyboard.UpAsync("Shift");
        await page.Page.WaitForSelectorAsync("#causes .words");
        (await page.Page.InnerTextAsync("#causes")).ShouldContain("dst_ip");
        page.Page.Url.ShouldNotContain("view=");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Chart_Dragged_ShowsTheStretchLarger()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync(Flood + "&metric=flows");
        await page.DrawnAsync();
        var box = (await page.Page.Locator(".u-over").First.BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.5f, box.Y + 60);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.75f, box.Y + 60, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
        await page.AtAsync("view=");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stretch_InTwoFieldsWithoutScripts_IsExplained()
    {
        await using var page = await chromium.OpenAsync(service.Address, scripts: false);
        await page.GoAsync(Flood);
        await page.Page.FillAsync("#begin", "2024-09-24 14:10");
        await page.Page.FillAsync("#end", "2024-09-24 14:45");
        await page.Page.ClickAsync("text=Show causes");
        (await page.Page.InnerTextAsync("#causes")).ShouldContain("dst_ip");
        await page.Page.ClickAsync("text=Back to the chart");
        page.Page.Url.ShouldContain("from=2024-09-24");
    }

    [Fact]
    public async Task Causes_OfRowsThatAreNotThere_CountsNoQueriesAndCompareNothing()
    {
        var html = await service.Service.Client.GetStringAsync(
            "/explore/causes?where=sensor_name%3Dheadquarters&from=2024-09-24&to=2024-09-25&of=bytes&window=1727178000000%2F1727178300000");
        html.ShouldContain(" 1 query, ");
        html.ShouldNotContain("was usual");
    }

    [Fact]
    public async Task Incidents_OfWhatWasNotJudged_AreNotSaidToBeNone()
    {
        const string Query = """
            {"queryType":"timeseries","dataSource":"rb_flow","granularity":"minute","intervals":["2024-09-24/2024-09-25"],
             "aggregations":[{"type":"longSum","name":"bytes","fieldName":"unknown"}]}
            """;
        var html = await service.Service.Client.GetStringAsync("/explore?query=" + Uri.EscapeDataString(Query));
        html.ShouldContain("Nothing was judged");
        html.ShouldNotContain("Nothing unusual");
    }

    /// <summary>The keyboard reaches links; a click on the map of Explore, which sorts nothing, loads nothing.</summary>
    [Fact]
    public async Task Map_OfSensors_IsSortedByATimeThroughALink()
    {
        await using var page = await chromium.OpenAsync(service.Address, scripts: false);
        await page.GoAsync("/?last=28d");
        await page.Page.Locator(".heat a[title='Sort by this time']").First.PressAsync("Enter");
        await page.Page.WaitForSelectorAsync("text=sorted at");
        page.Page.Url.ShouldContain("&at=");
        (await page.Page.Locator(".heat svg[data-cell]").CountAsync()).ShouldBeGreaterThan(0);
        await page.GoAsync("/explore?by=sensor_name&last=28d");
        (await page.Page.Locator(".heat svg[data-cell]").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Query_TooLongForAnAddress_IsSaidToBe()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/explore?query=%7B%7D");
        await page.Page.FillAsync("#query", $$"""{"queryType":"timeseries","description":"{{new string('a', 9_000)}}"}""");
        await page.Page.ClickAsync("button.main");
        await page.Page.WaitForSelectorAsync("#refusal:has-text('Too long for an address')");
        await page.Page.FillAsync("#query", """{"queryType":"timeseries"}""");
        await page.Page.ClickAsync("button.main");
        await page.Page.WaitForSelectorAsync("#refusal", new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
    }

    [Theory]
    [InlineData("", "dst_ip=")]
    [InlineData("sensor_name=", "sensor_name=headquarters")]
    [InlineData("sensor_name=he", "sensor_name=headquarters")]
    public async Task Condition_BegunToBeWritten_IsCompletedFromTheData(string begun, string offered)
    {
        var html = await service.Service.Client.GetStringAsync(
            $"/explore/complete?source={(offered.StartsWith("dst", StringComparison.Ordinal) ? "rb_flow_detail" : "rb_flow")}&where={Uri.EscapeDataString(begun)}");
        html.ShouldContain($"value=\"{offered}\"");
    }

    [Fact]
    public async Task Condition_WhileTyping_GetsValuesOfItsDimension()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/explore?source=rb_flow_detail&last=24h");
        (await page.Page.Locator("#sources option[value=rb_flow_detail]").CountAsync()).ShouldBe(1);
        await page.Page.Locator("#where").PressSequentiallyAsync("src_ip=");
        await page.Page.WaitForSelectorAsync("#conditions option[value^='src_ip=']:not([value='src_ip='])", new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        page.Errors.ShouldBeEmpty();
    }

    /// <summary>Whoever runs it gets what the page shows.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("&detector=shallow")]
    [InlineData("&sensitivity=high&direction=up")]
    public async Task Curl_OfVersionTwo_AnswersWhatIsShown(string more)
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync(Flood + more);
        var text = (await page.Page.Locator("#curl").TextContentAsync())!;
        text.ShouldContain("/api/v2/detect");
        // As long as this machine needs no key, a made-up one would be refused.
        text.ShouldNotContain("Authorization");
        var body = Regex.Match(text, @"<<'JSON'\n(.*)\nJSON", RegexOptions.Singleline).Groups[1].Value;
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await service.Service.Client.PostAsync("/api/v2/detect", content);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var incidents = json.RootElement.GetProperty("series")[0].GetProperty("incidents").GetArrayLength();
        (await page.Page.InnerTextAsync("main")).ShouldContain(incidents == 1 ? "1 incident" : $"{incidents} incidents");
    }

    [Theory]
    [InlineData("CSV", "timestamp")]
    [InlineData("JSON", "\"incidents\"")]
    [InlineData("SVG", "<svg")]
    [InlineData("PNG", "PNG")]
    public async Task Download_OfWhatIsShown_HoldsIt(string name, string content)
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync(Flood);
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync($"a[download]:text-is('{name}')"));
        var text = await File.ReadAllTextAsync(await download.PathAsync(), System.Text.Encoding.Latin1);
        text.ShouldContain(content);
        text.Length.ShouldBeGreaterThan(1000);
    }
}
