using AiOutliers.Tests.Shared;
using Microsoft.Playwright;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>The address says what is seen: to whoever goes back, loads it again, or gets it from somebody else.</summary>
public sealed class AddressTests(SampleService service, Chromium chromium)
{
    private const string Flood = "/explore?where=sensor_name%3Dheadquarters&from=2024-09-24&to=2024-09-25&metric=bytes";

    [Fact]
    public async Task EveryPage_LeftAndReturnedToAndLoadedAgain_IsTheSame()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        foreach (var path in EveryPageTests.Pages().Select(static row => row.Data.Item1).Distinct())
        {
            await page.GoAsync(path);
            var (title, heading) = (await page.Page.TitleAsync(), await page.Page.Locator("h1").First.TextContentAsync());
            await page.GoAsync("/models/none?left");
            await page.Page.GoBackAsync();
            (await page.Page.TitleAsync()).ShouldBe(title, path);
            await page.Page.ReloadAsync();
            (await page.Page.TitleAsync()).ShouldBe(title, path);
            (await page.Page.Locator("h1").First.TextContentAsync()).ShouldBe(heading, path);
        }
    }

    [Fact]
    public async Task Address_GivenToAnotherBrowser_ShowsTheSameStretch()
    {
        await using var mine = await chromium.OpenAsync(service.Address);
        await mine.GoAsync(Flood);
        await mine.DrawnAsync();
        await mine.Page.FocusAsync("figure");
        await mine.Page.Keyboard.PressAsync("+");
        await mine.AtAsync("view=");
        await using var yours = await chromium.OpenAsync(service.Address, dark: true);
        var asked = yours.Page.WaitForResponseAsync(static answer => answer.Url.Contains("/explore/data", StringComparison.Ordinal));
        await yours.GoAsync(mine.Page.Url);
        await yours.DrawnAsync();
        var view = new Uri(mine.Page.Url).Query.Split("view=")[1].Split('&')[0];
        (await asked).Url.ShouldContain("view=" + view);
        (await yours.Page.InnerTextAsync("tbody")).ShouldBe(await mine.Page.InnerTextAsync("tbody"));
    }

    [Fact]
    public async Task Node_KilledBetweenTwoClicks_TheOtherGoesOn()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        string shown;
        await using (var other = await ServiceProcess.StartAsync(SampleService.Command, SampleService.Settings()))
        {
            await page.GoAsync(new Uri(other.Address, Flood).ToString());
            shown = await page.Page.InnerTextAsync("tbody");
        }
        await page.GoAsync(Flood + "&view=1727150400000/1727193600000");
        await page.DrawnAsync();
        (await page.Page.InnerTextAsync("tbody")).ShouldBe(shown);
    }

    [Fact]
    public async Task SlowNetwork_WhileItIsWaitedFor_KeepsWhatIsThereAndShowsProgress()
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync(Flood);
        await page.DrawnAsync();
        var go = new TaskCompletionSource();
        await page.Page.RouteAsync("**/explore?*", async route =>
        {
            await go.Task;
            await route.ContinueAsync();
        });
        await page.Page.CheckAsync("#metric-flows");
        await page.Page.WaitForSelectorAsync("#progress.htmx-request", new() { State = WaitForSelectorState.Attached });
        (await page.Page.Locator("figure[data-metric=bytes] canvas").CountAsync()).ShouldBe(1);
        go.SetResult();
        await page.Page.WaitForSelectorAsync("figure[data-metric=flows] canvas");
        (await page.Page.Locator("#progress.htmx-request").CountAsync()).ShouldBe(0);
        page.Errors.ShouldBeEmpty();
    }
}
