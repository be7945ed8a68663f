using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>A page whose errors are kept: those of scripts, and what its Content-Security-Policy refused.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly List<string> _errors = [];

    public WatchedPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Errors => _errors;

    public Task GoAsync(string path) => Page.GotoAsync(path);

    /// <summary>Waits for the charts' rows.</summary>
    public Task DrawnAsync() => Page.WaitForSelectorAsync("[data-drawn]");

    /// <summary>WCAG 2.2 AA, as far as axe can tell.</summary>
    public async Task ShouldBeAccessibleAsync(string? words = null)
    {
        var found = await Page.RunAxe();
        found.Violations.Select(static violation => $"{violation.Id}: {violation.Nodes[0].Html}").ShouldBeEmpty(words);
    }

    /// <summary>Nothing reaches beyond the window's right edge.</summary>
    public async Task ShouldFitTheWindowAsync(string? words = null)
    {
        var over = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        over.ShouldBe(0, words);
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
