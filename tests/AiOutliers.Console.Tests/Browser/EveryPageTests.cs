namespace AiOutliers.Console.Tests.Browser;

/// <summary>What holds for every page: accessible, fitting its window, and silent in the browser's log.</summary>
public sealed class EveryPageTests(SampleService service, Chromium chromium)
{
    private const string Flood = "/explore?where=sensor_name%3Dheadquarters&from=2024-09-24&to=2024-09-25&metric=bytes&metric=flows";

    public static TheoryData<string, bool> Pages()
    {
        var pages = new TheoryData<string, bool>();
        foreach (var path in new[]
        {
            "/", "/?last=28d&sort=name", Flood, "/explore?by=sensor_name&last=7d", "/explore?from=nonsense", "/explore?query=%7B%7D",
            Flood + "&compare=shallow", "/models", "/models/traffic", "/models/none", "/queue", "/settings", "/sign-in", "/incidents",
            "/monitors", "/monitors/new", "/nowhere",
        })
        {
            pages.Add(path, false);
            pages.Add(path, true);
        }
        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_ByAxe_HasNoViolation(string path, bool dark)
    {
        await using var page = await chromium.OpenAsync(service.Address, dark);
        await page.GoAsync(path);
        if (path == Flood)
            await page.DrawnAsync();
        await page.ShouldBeAccessibleAsync();
        page.Errors.Where(static error => !error.Contains("status of 404", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(768)]
    [InlineData(1280)]
    [InlineData(2560)]
    public async Task Page_InAnyWidth_FitsTheWindow(int width)
    {
        await using var page = await chromium.OpenAsync(service.Address, width: width);
        foreach (var path in Pages().Select(static row => row.Data.Item1).Distinct())
        {
            await page.GoAsync(path);
            await page.ShouldFitTheWindowAsync(path);
        }
    }
}
