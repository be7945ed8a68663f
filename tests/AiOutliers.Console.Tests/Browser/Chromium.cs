using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(AiOutliers.Console.Tests.Browser.Chromium))]

namespace AiOutliers.Console.Tests.Browser;

/// <summary>The system's Chromium, one for all tests; each test gets a context of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        var program = folders.SelectMany(static folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (program is null)
            return;
        _playwright = await Playwright.CreateAsync();
        // Chromium's own sandbox does not start as root, which tests in containers are.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
    }

    /// <summary>A page of a new context that fails the test at the end when something was wrong on it.</summary>
    internal async Task<WatchedPage> OpenAsync(Uri address, bool dark = false, int width = 1280, bool scripts = true)
    {
        Assert.SkipWhen(_browser is null, "no Chromium: scripts/lib/packages.sh installs it on Debian and Rocky Linux");
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = 900 },
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
