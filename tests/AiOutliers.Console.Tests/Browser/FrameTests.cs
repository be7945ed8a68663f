using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>What the frame of every page does by itself: names lead somewhere, and what goes on is counted.</summary>
[Collection(typeof(ReplayedService.Tests))]
public sealed class FrameTests(ReplayedService replayed, Chromium chromium)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Palette_PartOfASensorsName_LeadsToItsChart(bool dark)
    {
        await using var page = await chromium.OpenAsync(replayed.Service.Address, dark);
        await page.GoAsync("/models");
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("headq");
        await page.Page.WaitForSelectorAsync("#found li >> text=sensor");
        await page.ShouldBeAccessibleAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.AtAsync("/explore?");
        (await page.Page.InnerTextAsync(".chip")).ShouldContain("sensor_name=headquarters");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Palette_NameOfNothing_SaysSo()
    {
        await using var page = await chromium.OpenAsync(replayed.Service.Address);
        await page.GoAsync("/");
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("<b>none");
        await page.Page.WaitForSelectorAsync("#found >> text=«<b>none»");
    }

    [Theory]
    [InlineData("sens", "/monitors/sensors")]
    [InlineData("traf", "/models/traffic")]
    public async Task Find_MonitorOrModel_IsFoundByName(string text, string address) =>
        (await replayed.Service.Client.GetStringAsync("/find?text=" + text)).ShouldContain($"href=\"{address}");

    /// <summary>Whoever goes on by keys must not begin anew because others came in.</summary>
    [Fact]
    public async Task List_AskedAgainByItself_KeepsTheRowThatHasTheFocus()
    {
        await using var page = await chromium.OpenAsync(replayed.Service.Address);
        await page.GoAsync("/incidents?state=all");
        await page.Page.Keyboard.PressAsync("j");
        var row = await page.Page.EvaluateAsync<string>("document.activeElement.id");
        row.ShouldStartWith("i-");
        await page.Page.EvaluateAsync("document.querySelector('#incidents').dataset.old = 'yes'");
        await page.Page.WaitForSelectorAsync("#incidents:not([data-old])");
        (await page.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe(row);
    }

    [Fact]
    public async Task Count_OfOpenIncidents_IsAskedAgainOnEveryPage()
    {
        await using var page = await chromium.OpenAsync(replayed.Service.Address);
        await page.GoAsync("/models");
        var answer = await page.Page.WaitForResponseAsync(
            static answer => answer.Url.EndsWith("/incidents/open", StringComparison.Ordinal));
        answer.Status.ShouldBe(200);
        (await answer.TextAsync()).ShouldStartWith("<span id=\"open\"");
        (await page.Page.Locator("#open").CountAsync()).ShouldBe(1);
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Overview_WhatGoesOn_ComesByItself()
    {
        await using var page = await chromium.OpenAsync(replayed.Service.Address);
        await page.GoAsync("/");
        await page.Page.EvaluateAsync("document.querySelector('#now').dataset.old = 'yes'");
        await page.Page.WaitForSelectorAsync("#now:not([data-old])", new() { State = WaitForSelectorState.Attached });
        (await page.Page.InnerTextAsync("#now")).ShouldContain("data source embedded engine");
        page.Errors.ShouldBeEmpty();
    }

    /// <summary>Eight minutes of the replay later the map is another one, whatever a page keeps for a minute.</summary>
    [Fact]
    public async Task Map_OfAReplay_GoesOnWithItsClock()
    {
        var first = await MapAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        (await MapAsync()).ShouldNotBe(first);

        // Where the data source is slow, a page comes without the map.
        async Task<string> MapAsync()
        {
            while (true)
            {
                var html = await replayed.Service.Client.GetStringAsync("/");
                if (Regex.Match(html, "until ([^<]+)<") is { Success: true } until)
                {
                    html.ShouldContain("hx-trigger=\"every 10s\" hx-select=\"#map\"");
                    return until.Groups[1].Value;
                }
            }
        }
    }
}
