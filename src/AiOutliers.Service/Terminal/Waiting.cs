using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>Shows on standard error that something goes on, once it has taken over a second; nothing when that is not a terminal.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    public static Task<T> ForAsync<T>(string what, Func<Task<T>> work) => ForAsync(what, null, work);

    /// <param name="done">The share that is done so far, 0 to 1; null where nobody knows.</param>
    public static async Task<T> ForAsync<T>(string what, Func<double>? done, Func<Task<T>> work)
    {
        var task = Task.Run(work);
        if (ErrorConsole.Open() is { } console && await Task.WhenAny(task, Task.Delay(Patience, TimeProvider.System)) != task)
        {
            await console.Progress()
                .AutoClear(true)
                .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
                .StartAsync(async progress =>
                {
                    var bar = progress.AddTask(Markup.Escape(what), maxValue: 1).IsIndeterminate(done is null);
                    do
                        bar.Value = done?.Invoke() ?? 0;
                    while (await Task.WhenAny(task, Task.Delay(Glance, TimeProvider.System)) != task);
                });
        }
        return await task;
    }
}
