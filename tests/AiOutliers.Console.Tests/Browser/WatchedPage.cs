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

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
