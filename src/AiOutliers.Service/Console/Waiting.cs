using Spectre.Console;

namespace AiOutliers.Service.Console;

/// <summary>Shows on standard error that something goes on, once it has taken over a second; nothing when that is no terminal.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    /// <summary>Work of unknown length.</summary>
    public static Task<T> ForAsync<T>(string what, Func<Task<T>> work) => ShowAsync(what, Task.Run(work), total: 0, static () => 0);

    /// <summary>Work of known length.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="total">How many parts it has.</param>
    /// <param name="work">Gets what it has to call after each part, from any thread.</param>
    public static Task<T> ForAsync<T>(string what, int total, Func<Action, Task<T>> work)
    {
        var done = 0;
        return ShowAsync(what, Task.Run(() => work(() => Interlocked.Increment(ref done))), total, () => Volatile.Read(ref done));
    }

    private static async Task<T> ShowAsync<T>(string what, Task<T> task, int total, Func<int> done)
    {
        if (!System.Console.IsErrorRedirected && await Task.WhenAny(task, Task.Delay(Patience)) != task)
        {
            var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(System.Console.Error) });
            await console.Progress().AutoClear(true).Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
                .StartAsync(async progress =>
                {
                    var bar = progress.AddTask(Markup.Escape(what), maxValue: Math.Max(1, total));
                    bar.IsIndeterminate(total == 0);
                    while (await Task.WhenAny(task, Task.Delay(Refresh)) != task)
                        bar.Value = done();
                });
        }
        return await task;
    }
}
