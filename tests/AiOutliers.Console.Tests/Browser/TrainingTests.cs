using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>A model from a click to its loss curve, and back to an older version.</summary>
public sealed class TrainingTests(Chromium chromium)
{
    [Fact]
    public async Task Model_TrainedByThePage_ShowsProgressCurveAndVersionsAndRollsBack()
    {
        using var folder = new TemporaryFolder();
        await WriteTrafficAsync(folder);
        var settings = new Dictionary<string, string>(SampleService.Settings(folder.Path))
        {
            ["Models__path"] = Path.Combine(folder.Path, "models"),
            ["Outliers__epochs"] = "1",
        };
        await using var service = await ServiceProcess.StartAsync(SampleService.Command, settings);
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/models");
        (await page.Page.InnerTextAsync("main")).ShouldContain("No models yet");
        await page.Page.FillAsync("#name", "mine");
        await page.Page.ClickAsync("button:text-is('Train')");
        await page.AtAsync("/models/mine");
        await page.Page.WaitForSelectorAsync(".loss svg");
        await page.Page.WaitForSelectorAsync("button:text-is('Train now')");
        (await page.Page.InnerTextAsync("#versions")).ShouldContain("in use");
        await page.ShouldBeAccessibleAsync();

        await page.Page.ClickAsync("button:text-is('Train now')");
        await page.Page.WaitForSelectorAsync("button:text-is('Use again')");
        await page.Page.WaitForSelectorAsync("button:text-is('Train now')");
        var version = await page.Page.InnerTextAsync("#versions tr:nth-child(2) td");
        await page.Page.ClickAsync("button:text-is('Use again')");
        (await page.Page.InnerTextAsync("#versions tr:nth-child(2)")).ShouldContain("in use");
        (await page.Page.InnerTextAsync("#versions tr:nth-child(2) td")).ShouldBe(version);
        await page.GoAsync("/queue");
        (await page.Page.InnerTextAsync("main")).ShouldContain("2 jobs");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Model_OfASensorWithoutTraffic_SaysWhyItWasNotTrained()
    {
        using var folder = new TemporaryFolder();
        await WriteTrafficAsync(folder);
        var settings = new Dictionary<string, string>(SampleService.Settings(folder.Path)) { ["Models__path"] = Path.Combine(folder.Path, "models") };
        await using var service = await ServiceProcess.StartAsync(SampleService.Command, settings);
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/models");
        await page.Page.FillAsync("#sensor", "nobody's");
        await page.Page.ClickAsync("button:text-is('Train')");
        await page.Page.WaitForSelectorAsync("#model .bad", new() { Timeout = 60_000 });
        (await page.Page.InnerTextAsync("#model")).ShouldContain("has no traffic");
    }

    /// <summary>A day until now, every five minutes.</summary>
    private static Task WriteTrafficAsync(TemporaryFolder folder)
    {
        var end = TimeProvider.System.GetUtcNow();
        var begin = end.AddDays(-1);
        var rows = Enumerable.Range(0, 288).Select(at => FormattableString.Invariant(
            $"{begin.AddMinutes(5 * at):yyyy-MM-ddTHH:mm:ssZ},edge,{1000 + 400 * Math.Sin(at / 45.8) + at % 7},{10 + at % 3},{5 + at % 5},{2 + at % 2}"));
        return File.WriteAllLinesAsync(
            Path.Combine(folder.Path, "rb_flow.csv"), rows.Prepend("timestamp,sensor_name,sum_bytes,sum_pkts,events,clients"));
    }
}
