using Spectre.Console;

namespace AiOutliers.Service.Console;

/// <summary>Shows on standard error that something goes on, once it has taken over a second; nothing when that is no terminal.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<T> ForAsync<T>(string what, Func<Task<T>> work)
    {
        var task = Task.Run(work);
        if (!System.Console.IsErrorRedirected && await Task.WhenAny(task, Task.Delay(Patience)) != task)
        {
            var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(System.Console.Error) });
            await console.Progress().AutoClear(true).Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
                .StartAsync(async progress =>
                {
                    progress.AddTask(Markup.Escape(what)).IsIndeterminate();
                    await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                });
        }
        return await task;
    }
}
