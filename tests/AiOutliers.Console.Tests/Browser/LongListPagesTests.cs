using AiOutliers.Console.Tests.Pages;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>Pages of long lists: the first, one in the middle, the last.</summary>
public sealed class LongListPagesTests(LongLists lists, Chromium chromium) : IClassFixture<LongLists>
{
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(false, 360)]
    [InlineData(true, 360)]
    public async Task Parts_ByAxe_HaveNoViolationAndFitTheWindow(bool dark, int width)
    {
        await using var page = await SignedInAsync(dark, width);
        foreach (var path in new[] { "/monitors?page=", "/queue?page=", "/settings?contacts=", "/settings?routes=" })
        {
            foreach (var number in new[] { 1, 2, 3 })
            {
                await page.GoAsync(path + number);
                (await page.Page.InnerTextAsync(".pager")).ShouldContain($"of {LongLists.Many}");
                await page.ShouldBeAccessibleAsync(path + number);
                await page.ShouldFitTheWindowAsync(path + number);
            }
        }
        page.Errors.Where(static error => !error.Contains("status of 401", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Incidents_TurnedByKeys_ComeToTheLastAndBackToTheNewest()
    {
        await lists.FindIncidentsAsync();
        await using var page = await SignedInAsync(dark: false, width: 1280);
        await page.GoAsync("/incidents?state=all");
        (await page.Page.InnerTextAsync("#incidents h2")).ShouldBe("The newest 50 incidents");
        await page.ShouldBeAccessibleAsync();
        await page.Page.Keyboard.PressAsync("n");
        await page.AtAsync("after=");
        (await page.Page.InnerTextAsync("#incidents h2")).ShouldStartWith("Earlier: ");
        await page.ShouldBeAccessibleAsync();
        await page.Page.ClickAsync("text=the newest");
        await page.AtAsync("after=", isGone: true);
        page.Errors.Where(static error => !error.Contains("status of 401", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private async Task<WatchedPage> SignedInAsync(bool dark, int width)
    {
        var page = await chromium.OpenAsync(lists.Service.Address, dark, width);
        await page.GoAsync("/monitors");
        await page.Page.FillAsync("#key", SignedIn.AdminsKey);
        await page.Page.ClickAsync("main button");
        await page.AtAsync("/monitors");
        return page;
    }
}
