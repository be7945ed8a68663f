using System.Diagnostics;
using System.Globalization;
using AiOutliers.ConsoleTimes;
using Microsoft.Playwright;

// How fast the console's pages are in a headless Chromium: AiOutliers.ConsoleTimes ADDRESS
// ... make FOLDER: a long series; ... long ADDRESS: its chart; ... load ADDRESS: pages beside version 1.
const int Rounds = 20;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["make", var folder])
{
    LongSeries.Write(folder);
    return;
}
if (args is ["load", var loaded])
{
    var figures = await new PageLoad(new(loaded)).RunAsync();
    Console.WriteLine($"| 50 page loads a second beside 100 requests a second of version 1 | {figures} |");
    return;
}
using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
var context = await browser.NewContextAsync(new() { BaseURL = args[^1], ViewportSize = new() { Width = 1280, Height = 900 } });
var page = await context.NewPageAsync();

if (args is ["long", _])
{
    await FramesAsync(page);
    return;
}
await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });
var bytes = await page.EvaluateAsync<double>("""
    ['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type)).reduce((sum, entry) => sum + entry.transferSize, 0)
    """);
Console.WriteLine($"| first page, compressed, all of it | {bytes / 1000:0.0} kB |");

// Interactive: the module has run and listens.
var interactive = new List<double>();
for (var round = 0; round < Rounds; round++)
{
    await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Load });
    interactive.Add(await page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"));
}
Console.WriteLine($"| page interactive, p50 of {Rounds} | {Middle(interactive):0} ms |");

const string FourteenDays = "/explore?where=sensor_name%3Dheadquarters&from=2024-09-15&to=2024-09-29&every=PT1M";
var drawn = new List<double>();
for (var round = 0; round < Rounds; round++)
{
    // Another metric each time: what was just judged is kept in memory.
    await page.GotoAsync($"/explore?where=sensor_name%3Dheadquarters&last=1h&round={round}");
    await page.WaitForSelectorAsync("[data-drawn]");
    var watch = Stopwatch.StartNew();
    await page.EvaluateAsync("address => { location.href = address; }", $"{FourteenDays}&metric=bytes&sensitivity={0.5 + round / 100.0}");
    await page.WaitForURLAsync("**/explore?where=*&from=*");
    await page.WaitForSelectorAsync("[data-drawn]");
    drawn.Add(watch.Elapsed.TotalMilliseconds);
}
Console.WriteLine($"| Explore with 14 days at one minute, from click to drawn, p50 of {Rounds} | {Middle(drawn):0} ms |");

static async Task FramesAsync(IPage page)
{
    var until = LongSeries.Begin.AddMinutes(LongSeries.Rows);
    await page.GotoAsync("/explore?where=sensor_name%3Dheadquarters"
        + $"&from={LongSeries.Begin:yyyy-MM-ddTHH:mm}Z&to={until:yyyy-MM-ddTHH:mm}Z&every=PT1M");
    await page.WaitForSelectorAsync("[data-drawn]");
    var slow = await page.EvaluateAsync<int>("""
        async () => {
          const over = document.querySelector('.u-over'), box = over.getBoundingClientRect();
          let slow = 0, last = performance.now();
          for (let frame = 0; frame < 200; frame++) {
            over.dispatchEvent(new WheelEvent('wheel', {
              deltaY: frame % 20 < 10 ? -40 : 40, ctrlKey: frame % 3 === 0,
              clientX: box.left + 300, clientY: box.top + 50, bubbles: true, cancelable: true }));
            await new Promise(requestAnimationFrame);
            const now = performance.now();
            if (now - last > 50) slow++;
            last = now;
          }
          return slow;
        }
        """);
    Console.WriteLine($"| 100,000 points: 200 frames of wheel zoom and drag, over 50 ms | {slow} |");
}

static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
