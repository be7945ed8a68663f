using System.Collections.Concurrent;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>From the first look to the alert, in one sitting.</summary>
public sealed class NewcomersWalkTests(Chromium chromium)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Walk_FromTheFloodToTheAlert_NeedsNothingButTheConsole()
    {
        using var folder = new TemporaryFolder();
        var told = new ConcurrentQueue<string>();
        await using var receiver = await FakeBroker.StartAsync(async (context, _) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            told.Enqueue(await reader.ReadToEndAsync());
        });
        await using var service = await ReplayAsync(folder, receiver.Endpoint);
        await using var page = await chromium.OpenAsync(service.Address);

        await FindFloodAsync(page, service);
        await ShouldBeTheSecondClickAsync(page);
        await page.Page.FillAsync("#ack-note", "I look after it");
        await page.Page.ClickAsync("text=Acknowledge");
        await page.Page.ClickAsync("text=Explore from here");
        await page.DrawnAsync();
        await page.Page.Locator("a:text-is('causes')").First.ClickAsync();
        (await page.Page.InnerTextAsync("#causes .words")).ShouldContain("dst_ip");

        await page.Page.GoBackAsync();
        await page.Page.SelectOptionAsync("#verdict", "confirmed");
        await page.Page.ClickAsync("text=Give verdict");
        var history = await page.Page.InnerTextAsync(".history");
        history.ShouldContain("I look after it");
        history.ShouldContain("confirmed");

        await page.Page.ClickAsync("text=Explore from here");
        await page.Page.ClickAsync("text=Save as monitor");
        await page.Page.SelectOptionAsync("#days", "1");
        await page.Page.ClickAsync("text=Preview");
        await page.Page.WaitForSelectorAsync("#preview h2");
        await page.Page.ClickAsync("text=Apply");
        await page.AtAsync("/monitors/headquarters-");

        using var limit = new CancellationTokenSource(Patience);
        while (!told.Any(static message => message.Contains("headquarters", StringComparison.Ordinal)))
            await Task.Delay(200, limit.Token);
        await page.GoAsync("/settings");
        // The receiver has the message a moment before the service has noted it.
        while (!(await page.Page.InnerTextAsync("#contacts")).Contains("delivered", StringComparison.Ordinal))
        {
            await Task.Delay(200, limit.Token);
            await page.Page.ReloadAsync();
        }
        page.Errors.ShouldBeEmpty();
    }

    /// <summary>The sample data comes in as if it were now; whoever is told of incidents is a receiver of the test.</summary>
    private static async Task<ServiceProcess> ReplayAsync(TemporaryFolder folder, Uri receiver)
    {
        var (samples, replay) = (Path.Combine(Golden.Root, "samples"), Path.Combine(folder.Path, "replay"));
        Directory.CreateDirectory(Path.Combine(replay, "monitors"));
        foreach (var file in new[] { "labels.json", "rb_flow.parquet", "rb_flow_detail.parquet" })
            File.Copy(Path.Combine(samples, file), Path.Combine(replay, file));
        File.Copy(Path.Combine(samples, "monitors", "sensors.yaml"), Path.Combine(replay, "monitors", "sensors.yaml"));
        await File.WriteAllTextAsync(Path.Combine(replay, "monitors", "alerts.yaml"), $$"""
            apiVersion: aioutliers/v1
            kind: Contact
            metadata: { name: noc }
            spec: { webhook: { url: "{{receiver}}" } }
            ---
            apiVersion: aioutliers/v1
            kind: Route
            metadata: { name: all }
            spec: { minSeverity: 50, contacts: [noc] }
            """);
        return await ServiceProcess.StartAsync(
            SampleService.Command, SampleService.Settings(), ["--replay", replay, "--speed", "120"], folder.Path);
    }

    /// <summary>The first has led from Overview to the incident.</summary>
    private static async Task ShouldBeTheSecondClickAsync(WatchedPage page)
    {
        var document = await File.ReadAllTextAsync(Path.Combine(Golden.Root, "docs", "console.md"));
        document.ShouldContain("| a current incident | 1 |");
        foreach (var (what, button) in new[]
        {
            ("somebody looks after it", "text=Acknowledge"), ("its verdict", "text=Give verdict"), ("its causes", "text=Look for its causes"),
        })
        {
            (await page.Page.Locator(button).First.IsVisibleAsync()).ShouldBeTrue(what);
            document.ShouldContain($"| {what} | 2 |");
        }
    }

    private static async Task FindFloodAsync(WatchedPage page, ServiceProcess service)
    {
        using var limit = new CancellationTokenSource(Patience);
        const string Flood = "tr:has-text('headquarters') a[href^='/incidents/']";
        do
        {
            await Task.Delay(500, limit.Token);
            await page.GoAsync("/");
        }
        while (await page.Page.Locator(Flood).CountAsync() == 0);
        await page.Page.Locator(Flood).First.ClickAsync();
        await page.DrawnAsync();
        service.HasExited.ShouldBeFalse();
    }
}
