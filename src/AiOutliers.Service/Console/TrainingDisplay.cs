using System.Collections.Concurrent;
using System.Globalization;
using AiOutliers.Service.Training;
using Spectre.Console;

namespace AiOutliers.Service.Console;

/// <summary>Shows on standard error how far trainings are: a line each, with the epoch, the losses and the time left. Nothing when that is no terminal.</summary>
internal static class TrainingDisplay
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    public static Task<T> ForAsync<T>(Func<IProgress<TrainingProgress>, Task<T>> work) =>
        ForAsync(System.Console.IsErrorRedirected ? null : AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(System.Console.Error) }), work);

    internal static async Task<T> ForAsync<T>(IAnsiConsole? console, Func<IProgress<TrainingProgress>, Task<T>> work)
    {
        var latest = new Latest();
        var task = Task.Run(() => work(latest));
        if (console is not null)
        {
            await console.Progress().AutoClear(true)
                .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    var bars = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
                    do
                        Show(context, bars, latest);
                    while (await Task.WhenAny(task, Task.Delay(Glance)) != task);
                });
        }
        return await task;
    }

    private static void Show(ProgressContext context, Dictionary<string, ProgressTask> bars, Latest latest)
    {
        foreach (var progress in latest.Values)
        {
            var description = Markup.Escape($"{progress.Model}: {Words(progress)}");
            if (!bars.TryGetValue(progress.Model, out var bar))
                bars.Add(progress.Model, bar = context.AddTask(description, maxValue: 1));
            bar.Description = description;
            bar.Value = progress.Epoch is { } epoch ? (double)epoch.Epoch / epoch.Epochs : 0;
        }
    }

    private static string Words(TrainingProgress progress) => progress.Epoch is { } epoch
        ? string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch}/{epoch.Epochs}, loss {epoch.Loss:0.00000}{(epoch.ValidationLoss is { } loss ? $", validation {loss:0.00000}" : "")}")
        : progress.Step;

    private sealed class Latest : ConcurrentDictionary<string, TrainingProgress>, IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => this[value.Model] = value;
    }
}
