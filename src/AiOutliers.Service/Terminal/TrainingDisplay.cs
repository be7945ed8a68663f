using System.Collections.Concurrent;
using System.Globalization;
using AiOutliers.Engine.Training;
using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>
/// Shows on standard error how far trainings are: a line each, with the epoch, the losses and the time left. Nothing when
/// that is not a terminal.
/// </summary>
internal static class TrainingDisplay
{
    /// <summary>What spinner, time left and a bar that is worth the name need beside the words.</summary>
    private const int WidthOfTheRest = 28;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    public static Task<T> ForAsync<T>(Func<IProgress<TrainingProgress>, Task<T>> work) =>
        ForAsync(ErrorConsole.Open(), work);

    internal static async Task<T> ForAsync<T>(IAnsiConsole? console, Func<IProgress<TrainingProgress>, Task<T>> work)
    {
        var latest = new Latest();
        var task = Task.Run(() => work(latest));
        if (console is not null)
        {
            await console.Progress().AutoClear(true)
                .Columns(
                    new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                    new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    var bars = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
                    do
                        Show(context, bars, latest, console.Profile.Width - WidthOfTheRest);
                    while (await Task.WhenAny(task, Task.Delay(Glance, TimeProvider.System)) != task);
                    // What was reported since the last look is shown, too.
                    Show(context, bars, latest, console.Profile.Width - WidthOfTheRest);
                    context.Refresh();
                });
        }
        return await task;
    }

    private static void Show(ProgressContext context, Dictionary<string, ProgressTask> bars, Latest latest, int width)
    {
        foreach (var progress in latest.Values)
        {
            var description = Markup.Escape(Fitting(progress, width));
            if (!bars.TryGetValue(progress.Model, out var bar))
                bars.Add(progress.Model, bar = context.AddTask(description, maxValue: 1));
            bar.Description = description;
            bar.Value = progress.Epoch is { } epoch ? (double)epoch.Epoch / epoch.Epochs : 0;
        }
    }

    /// <summary>
    /// Lines that are broken would take the bar's place: a narrow terminal gets the loss only, and the beginning of the name.
    /// </summary>
    private static string Fitting(TrainingProgress progress, int width)
    {
        var whole = $"{progress.Model}: {Words(progress, withValidation: true)}";
        if (whole.Length <= width)
            return whole;
        var words = Words(progress, withValidation: false);
        // The name needs a few letters, the colon one.
        words = words.Length + 5 > width ? words.Split(',')[0] : words;
        var room = Math.Max(0, width - words.Length - 3);
        return progress.Model.Length <= room + 1
            ? $"{progress.Model}: {words}"
            : $"{progress.Model.AsSpan(0, Math.Min(room, progress.Model.Length))}…: {words}";
    }

    private static string Words(TrainingProgress progress, bool withValidation)
    {
        if (progress.Epoch is not { } epoch)
            return progress.Step;
        var validation = withValidation && epoch.ValidationLoss is { } loss
            ? string.Create(CultureInfo.InvariantCulture, $", validation {loss:0.00000}")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch}/{epoch.Epochs}, loss {epoch.Loss:0.00000}{validation}");
    }

    private sealed class Latest : ConcurrentDictionary<string, TrainingProgress>, IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => this[value.Model] = value;
    }
}
