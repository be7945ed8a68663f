using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>Names come from the data, and whoever writes the data writes text.</summary>
public sealed class HostileNamesTests(Chromium chromium)
{
    private const string Hostile = "\"><img src=x onerror=document.title='owned'><script>document.title='owned'</script>";

    [Fact]
    public async Task Sensor_NamedWithMarkup_IsTextOnEveryPage()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 3 * 288).Select(static at =>
            $"{DateTimeOffset.UnixEpoch.AddDays(19_000).AddMinutes(5 * at):yyyy-MM-ddTHH:mm:ssZ},\"{Hostile.Replace("\"", "\"\"")}\",{(at == 800 ? 900_000 : 1000 + at % 7)},10,5,2");
        await File.WriteAllLinesAsync(
            Path.Combine(folder.Path, "rb_flow.csv"), rows.Prepend("timestamp,sensor_name,sum_bytes,sum_pkts,events,clients"));
        await using var service = await ServiceProcess.StartAsync(SampleService.Command, SampleService.Settings(folder.Path));
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/");
        (await page.Page.InnerTextAsync("tbody")).ShouldContain("<script>document.title='owned'</script>");
        await page.Page.ClickAsync("a[data-row]");
        await page.DrawnAsync();
        (await page.Page.TitleAsync()).ShouldBe("Explore · AiOutliers");
        (await page.Page.Locator("main img, main script").CountAsync()).ShouldBe(0);
        page.Errors.ShouldBeEmpty();
    }

    /// <summary>Names that are long, of nothing that can be seen, or that turn the text around: each row stays a row.</summary>
    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Sensors_WithNamesThatSpoilALine_LeaveThePageWhole(int width)
    {
        using var folder = new TemporaryFolder();
        string[] names = [new('L', 10_000), "\u202Eevil", "zero\u200Bwidth", "two\nlines", " ", "it's \"\"quoted\"\""];
        var rows = Enumerable.Range(0, 2 * 288).SelectMany(at => names.Select(name =>
            $"{DateTimeOffset.UnixEpoch.AddDays(19_000).AddMinutes(5 * at):yyyy-MM-ddTHH:mm:ssZ},\"{name}\",{1000 + at % 7},10,5,2"));
        await File.WriteAllLinesAsync(
            Path.Combine(folder.Path, "rb_flow.csv"), rows.Prepend("timestamp,sensor_name,sum_bytes,sum_pkts,events,clients"));
        await using var service = await ServiceProcess.StartAsync(SampleService.Command, SampleService.Settings(folder.Path));
        await using var page = await chromium.OpenAsync(service.Address, width: width);
        await page.GoAsync("/");
        await page.Page.WaitForSelectorAsync(".heat tbody tr");
        await page.ShouldFitTheWindowAsync();
        var table = await page.Page.InnerTextAsync(".heat tbody");
        table.ShouldContain("\uFFFDevil");
        table.ShouldContain("zero\uFFFDwidth");
        table.ShouldContain("(blank)");
        // Its chart has no address: it is a name, not a link that fails.
        (await page.Page.Locator(".heat tbody th:has(a)").CountAsync()).ShouldBe(names.Length - 1);
        const string Highest = "Math.max(...[...document.querySelectorAll('.heat tbody tr')].map(row => row.offsetHeight))";
        (await page.Page.EvaluateAsync<double>(Highest)).ShouldBeLessThan(110);
        page.Errors.ShouldBeEmpty();
    }
}
