using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>Nodes end between two clicks.</summary>
public sealed class LostServiceTests(Chromium chromium)
{
    [Fact]
    public async Task Form_ServiceGone_SaysSoAndRecovers()
    {
        await using var service = await ServiceProcess.StartAsync(SampleService.Command, SampleService.Settings());
        await using var page = await chromium.OpenAsync(service.Address);
        await page.GoAsync("/explore?where=sensor_name%3Dheadquarters&last=7d");
        await page.DrawnAsync();
        await service.StopAsync();
        await page.Page.CheckAsync("#metric-flows");
        await page.Page.WaitForSelectorAsync("#lost:not([hidden])");
        var port = new Dictionary<string, string>(SampleService.Settings()) { ["OutliersServerProduction__outliers_server_port"] = $"{service.Address.Port}" };
        await using var other = await ServiceProcess.StartAsync(SampleService.Command, port);
        await page.Page.WaitForSelectorAsync("figure[data-metric=flows] canvas");
        (await page.Page.IsHiddenAsync("#lost")).ShouldBeTrue();
    }

    /// <summary>The service ends after the page has come, and before the rows of its chart.</summary>
    [Fact]
    public async Task Chart_WhoseRowsDidNotCome_AsksAgainWhenTheServiceIsBack()
    {
        await using var service = await ServiceProcess.StartAsync(SampleService.Command, SampleService.Settings());
        await using var page = await chromium.OpenAsync(service.Address);
        var asked = 0;
        await page.Page.RouteAsync("**/explore/data?*", route => asked++ == 0 ? route.AbortAsync() : route.ContinueAsync());
        await page.GoAsync("/explore?where=sensor_name%3Dheadquarters&last=7d");
        await page.Page.WaitForSelectorAsync("#lost:not([hidden])");
        await page.DrawnAsync();
        (await page.Page.IsHiddenAsync("#lost")).ShouldBeTrue();
        (await page.Page.IsHiddenAsync("[data-failure]")).ShouldBeTrue();
    }
}
