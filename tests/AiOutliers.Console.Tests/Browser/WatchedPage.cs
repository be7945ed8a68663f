using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>A page whose errors are kept: those of scripts, and what its Content-Security-Policy refused.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What htmx says of a request in whose place a newer one is sent, as while somebody types slowly.</summary>
    private static readonly string[] Replaced = ["htmx:afterRequest", "htmx:sendAbort"];

    private readonly List<string> _errors = [];

    public WatchedPage(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !Replaced.Contains(message.Text))
                _errors.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Errors => _errors;

    public Task GoAsync(string path) => Page.GotoAsync(path);

    /// <summary>Waits for the charts' rows.</summary>
    public Task DrawnAsync() => Page.WaitForSelectorAsync("[data-drawn]");

    /// <summary>
    /// Waits for an address with a part, or without it. It is looked at again and again: on a busy machine the event of a change may come
    /// between a look and the wait for it.
    /// </summary>
    public async Task AtAsync(string part, bool isGone = false)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (Page.Url.Contains(part, StringComparison.Ordinal) == isGone)
            await Task.Delay(20, limit.Token);
        await Page.WaitForLoadStateAsync();
    }

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
