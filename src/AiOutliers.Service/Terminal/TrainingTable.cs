using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Neural.Training;
using AiOutliers.Engine.Training;
using Spectre.Console;

namespace AiOutliers.Service.Terminal;

/// <summary>What <c>train</c> prints: what would be done, what was done, and a table of many.</summary>
internal static class TrainingTable
{
    /// <summary>A narrower terminal shows the essential columns.</summary>
    private const int WidthOfAll = 80;

    public static void WritePlan(IAnsiConsole console, TrainingRequest request, TrainingPlan plan)
    {
        var options = plan.Options;
        Line(console,
            $"{request.Name}: {(plan.Existing is null ? "a new model" : "trained further")}, "
                + $"{Counted.Of(options.Epochs, "epoch")} at most, batches of {options.BatchSize}, "
                + $"learning rate {options.Optimizer.LearningRate}, seed {options.Seed}");
        if (plan.Filter is { } filter)
            Line(console, $"  filter {filter.Trim()}");
        if (request.Data is { } data)
            Line(console, $"  {Counted.Of(data.Count, "file")}, {Counted.Of(data.Sum(static table => (long)table.Rows), "row")}");
        foreach (var group in plan.Queries.GroupBy(static query => (query.Granularity, query.From, query.To)))
        {
            var several = group.Count() > 1 ? $", {group.Count()} series" : "";
            var (from, to) = (TrainingQueries.Text(group.Key.From), TrainingQueries.Text(group.Key.To));
            Line(console, $"  {group.Key.Granularity,-5} {from} to {to}{several}");
        }
    }

    public static void WriteOutcome(IAnsiConsole console, TrainingOutcome outcome)
    {
        foreach (var warning in outcome.Warnings)
            Line(console, warning);
        Line(console,
            $"{Counted.Of(outcome.Rows, "row")} of training, {outcome.ValidationRows:N0} of validation; "
                + $"{outcome.LeftOutRows:N0} left out: anomalous, or without a metric.");
        Line(console,
            $"{Epochs(outcome)}: loss {outcome.LossBefore:0.00000} before, {outcome.LossAfter:0.00000} after{Validation(outcome)}; "
                + $"threshold {outcome.Threshold:0.00000}; {outcome.Duration.TotalSeconds:0.0} s.");
        var before = outcome.Backup is { } backup ? $" What was there before: {backup}.keras" : "";
        Line(console, outcome.IsSaved
            ? $"{outcome.Model} is {(outcome.IsNew ? "a new model" : "trained further")}.{before}"
            : $"Stopped: nothing is saved{(outcome.IsNew ? "" : ", the old model is untouched")}.");
        if (outcome.Comparison is { } comparison)
            ComparisonTable.Write(console, outcome.Model, comparison);
        else if (outcome is { IsSaved: true, IsNew: true })
            Line(console, "It was not compared with the default detector: too few rows are kept for validation.");
    }

    public static void WriteAll(
        IAnsiConsole console, IEnumerable<TrainingRequest> requests,
        IReadOnlyDictionary<string, (TrainingOutcome? Outcome, string? Error)> results)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("model").NoWrap());
        string[] columns = console.Profile.Width >= WidthOfAll
            ? ["rows", "epochs", "loss", "after", "threshold", "seconds", "better"]
            : ["rows", "epochs", "after", "better"];
        foreach (var column in columns)
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        var failed = new List<(string Sensor, string Error)>();
        foreach (var request in requests)
        {
            var (outcome, error) = results[request.Name];
            if (outcome is not { IsSaved: true })
                failed.Add((request.Sensors[0], error ?? "stopped"));
            else
                table.AddRow(columns.Select(column => Cell(column, outcome)).Prepend(new Text(request.Name)));
        }
        console.Write(table);
        var outcomes = requests.Select(request => results[request.Name].Outcome).ToArray();
        foreach (var outcome in outcomes.Where(static outcome => outcome is { IsSaved: true, Comparison.IsBetter: false }))
            Line(console, ComparisonTable.Words(outcome!.Model, outcome.Comparison!));
        foreach (var (sensor, error) in failed)
            Line(console, $"{sensor}: {error}");
    }

    private static string Epochs(TrainingOutcome outcome) => outcome.Training.End switch
    {
        TrainingEnd.StoppedEarly => $"{Counted.Of(outcome.Training.Epochs.Count, "epoch")}, the best was {outcome.Training.KeptEpoch}",
        _ => Counted.Of(outcome.Training.Epochs.Count, "epoch"),
    };

    private static string Validation(TrainingOutcome outcome) =>
        outcome.Training.Epochs.FirstOrDefault(epoch => epoch.Epoch == outcome.Training.KeptEpoch)?.ValidationLoss is { } loss
        ? string.Create(CultureInfo.InvariantCulture, $", {loss:0.00000} in validation")
        : "";

    private static Text Cell(string column, TrainingOutcome outcome) => new(column switch
    {
        "rows" => $"{outcome.Rows}",
        "epochs" => $"{outcome.Training.Epochs.Count}",
        "loss" => Quantity.Fixed(outcome.LossBefore, 5),
        "after" => Quantity.Fixed(outcome.LossAfter, 5),
        "threshold" => Quantity.Fixed(outcome.Threshold, 5),
        "better" => outcome.Comparison is not { } comparison ? "-" : comparison.IsBetter ? "yes" : "no",
        _ => Quantity.Fixed(outcome.Duration.TotalSeconds, 1),
    });

    /// <summary>A line as it is: names in brackets are not markup, and long lines are not broken.</summary>
    private static void Line(IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(text);
}
