using AiOutliers.Tests.Shared;
using Microsoft.Playwright;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>How many clicks docs/console.md says that things are away from Overview.</summary>
public sealed class WaysTests(SampleService service, Chromium chromium)
{
    private const string Sensor = "main a:text-is('headquarters')";

    private static readonly string Document = File.ReadAllText(Path.Combine(Golden.Root, "docs", "console.md"));

    [Theory]
    [InlineData("a sensor's chart and its incidents", Sensor)]
    [InlineData("the causes of an incident", Sensor, "a:text-is('causes')")]
    [InlineData("the call of version 2 for what is shown", Sensor, "summary:text-is('curl')", "[data-copies=curl]")]
    [InlineData("a monitor of what is shown", Sensor, "text=Save as monitor", "button:text-is('Apply')")]
    [InlineData("its preview", Sensor, "text=Save as monitor", "button:text-is('Preview')")]
    [InlineData("a contact", "nav >> text=Settings", "text=New contact", "button:text-is('Apply')")]
    [InlineData("a training", "nav >> text=Models", "button:text-is('Train')")]
    [InlineData("a model's losses and versions", "nav >> text=Models", "main a:text-is('traffic')")]
    public async Task Way_FromOverview_TakesTheClicksThatTheDocumentSays(string what, params string[] clicks)
    {
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/");
        // The last one may change something: it only has to be there.
        foreach (var click in clicks[..^1])
            await page.Page.ClickAsync(click);
        await page.Page.Locator(clicks[^1]).First.WaitForAsync(new() { State = WaitForSelectorState.Visible });
        Document.ShouldContain($"| {what} | {clicks.Length} |");
        page.Errors.ShouldBeEmpty();
    }
}
