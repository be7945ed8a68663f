using System.CommandLine;
using System.CommandLine.Parsing;

namespace AiOutliers.Service.Cli;

/// <summary>The options of <c>train</c>.</summary>
internal static class TrainOptions
{
    public static readonly Argument<string?> Name = new("NAME")
    {
        Description = "The model: one that exists is trained further, else a new one is made.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static readonly Option<bool> AllSensors = new("--all-sensors")
    {
        Description = "A model for every sensor that the data has, named after it.",
    };

    public static readonly Option<string[]> Sensors = new("--sensor")
    {
        Description = "The sensor whose data it is trained on; of several, each is a series of its own.",
        AllowMultipleArgumentsPerToken = true,
    };

    public static readonly Option<string?> Filter = new("--filter")
    {
        Description = "A file with the Druid filter (JSON) of the training data. It is kept beside the model.",
    };

    public static readonly Option<string[]> Data = new("--data")
    {
        Description = "Train on these files instead, in any format that `detect` reads; each of their series stays separate.",
        AllowMultipleArgumentsPerToken = true,
    };

    public static readonly Option<string?> Metrics = new("--metrics")
    {
        Description = "The metrics of a new model, separated by commas (default: the traffic set).",
    };

    public static readonly Option<int?> Epochs = new Option<int?>("--epochs")
    {
        Description = "Passes over the data, at most (default: 120 for a new model, [Outliers] epochs for one that exists).",
    }.From(1);

    public static readonly Option<int?> BatchSize = new Option<int?>("--batch-size")
    {
        Description = "Slices per step (default: [Outliers] batch_size).",
    }.From(1);

    public static readonly Option<double?> LearningRate = new Option<double?>("--learning-rate")
    {
        Description = "The size of a step (default: 0.004 falling to 0 for a new model, 0.00001 for one that exists).",
    }.AboveZero();

    public static readonly Option<int?> Window = new Option<int?>("--window")
    {
        Description = "Rows from slice to slice of a new model; a slice has twice as many (default: 16).",
    }.From(2);

    public static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "The same seed and data give the same model.",
        DefaultValueFactory = _ => 42,
    };

    public static readonly Option<DateTimeOffset?> From = CommandTimes.Option(
        "--from", "Train on data from here on, ISO 8601 (default: four weeks for a new model, a day for one that exists).");

    public static readonly Option<DateTimeOffset?> To = CommandTimes.Option(
        "--to", "Train on data up to here, ISO 8601 (default: now).");

    public static readonly Option<bool> KeepAnomalies = new("--keep-anomalies")
    {
        Description = "Learn from rows that the default detector flags, too.",
    };

    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would be fetched and trained, and stop." };

    public static readonly Option<string?> Plot = new("--plot") { Description = "Draw the loss, epoch by epoch: .svg or .png." };

    public static readonly Option<string?> Config = CommonOptions.Config();

    public static IReadOnlyList<Symbol> All =>
    [
        Name, AllSensors, Sensors, Filter, Data, Metrics, Epochs, BatchSize, LearningRate, Window, Seed, From, To, KeepAnomalies,
        DryRun, Plot, Config,
    ];

    /// <summary>What cannot be said together.</summary>
    public static void Validate(CommandResult parsed)
    {
        if (parsed.GetValue(AllSensors))
        {
            SymbolResult?[] others =
            [
                parsed.GetResult(Name), parsed.GetResult(Sensors), parsed.GetResult(Filter), parsed.GetResult(Data), parsed.GetResult(Plot),
            ];
            foreach (var other in others.Where(static other => other?.Tokens.Count > 0))
                parsed.AddError("--all-sensors trains a model for each sensor; "
                    + $"{(other as OptionResult)?.Option.Name ?? Name.Name} cannot be used with it.");
        }
        else if (parsed.GetValue(Name) is null)
        {
            parsed.AddError("Which model? Give its NAME, or --all-sensors.");
        }
        if (parsed.GetResult(Sensors) is { Tokens.Count: > 0 } && parsed.GetResult(Filter) is { Tokens.Count: > 0 })
            parsed.AddError("--sensor and --filter both say which data; use one of them.");
    }
}
