using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Files;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Training;
using AiOutliers.Models;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using AiOutliers.Service.Plotting;
using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>train</c>: a model from data to files; with <c>--all-sensors</c> one for each sensor.</summary>
internal static class TrainCommand
{
    public static Command Create(TimeProvider clock)
    {
        var command = new Command("train",
            "Train a deep model on data from Druid or from files. "
                + "Exit code: 0 trained, 2 bad input, 1 failure, 130 stopped; then the old model is untouched.");
        foreach (var symbol in TrainOptions.All)
        {
            if (symbol is Option option)
                command.Add(option);
            else
                command.Add((Argument)symbol);
        }
        command.Validators.Add(TrainOptions.Validate);
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(() => RunAsync(parsed, clock, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TimeProvider clock, CancellationToken cancellation)
    {
        var plot = parsed.GetValue(TrainOptions.Plot);
        if (plot is not null)
            PlotFile.CheckName(plot);
        var settings = CommandSettings.Read(parsed.GetValue(TrainOptions.Config));
        var source = DataSource.Open(settings);
        using var disposal = source as IDisposable;
        var job = new TrainingJob(settings.Engine, settings.Models.Path, source, clock);
        if (parsed.GetValue(TrainOptions.AllSensors))
            return await TrainAllSensors.RunAsync(
                job, source, settings, Request(parsed, ""), clock, parsed.GetValue(TrainOptions.DryRun), cancellation);
        // Files may take minutes to read: first what needs none.
        var name = ModelName.Checked(parsed.GetValue(TrainOptions.Name)!);
        var request = Request(parsed, name) with { Data = await DataAsync(parsed, source, settings, cancellation) };
        if (parsed.GetValue(TrainOptions.DryRun))
        {
            TrainingTable.WritePlan(AnsiConsole.Console, request, job.Plan(request));
            return ExitCode.Success;
        }
        var outcome = await TrainingDisplay.ForAsync(progress => job.RunAsync(request, progress, cancellation));
        TrainingTable.WriteOutcome(AnsiConsole.Console, outcome);
        if (plot is not null)
            PlotFile.Write(plot, canvas => LossPlot.Draw(canvas, outcome));
        if (outcome.IsSaved)
            return ExitCode.Success;
        return cancellation.IsCancellationRequested ? ExitCode.Stopped : ExitCode.Failure;
    }

    private static TrainingRequest Request(ParseResult parsed, string name) => new(name)
    {
        Sensors = parsed.GetValue(TrainOptions.Sensors) ?? [],
        Filter = FilterOf(parsed.GetValue(TrainOptions.Filter)),
        Metrics = parsed.GetValue(TrainOptions.Metrics)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        Epochs = parsed.GetValue(TrainOptions.Epochs),
        BatchSize = parsed.GetValue(TrainOptions.BatchSize),
        LearningRate = parsed.GetValue(TrainOptions.LearningRate),
        Window = parsed.GetValue(TrainOptions.Window),
        Seed = parsed.GetValue(TrainOptions.Seed),
        From = parsed.GetValue(TrainOptions.From),
        To = parsed.GetValue(TrainOptions.To),
        KeepAnomalies = parsed.GetValue(TrainOptions.KeepAnomalies),
    };

    private static string? FilterOf(string? file)
    {
        if (file is null)
            return null;
        return File.Exists(file)
            ? File.ReadAllText(file)
            : throw new AiOutliersException(ErrorKind.BadInput, $"the file '{file}' was not found");
    }

    private static async Task<IReadOnlyList<MetricTable>?> DataAsync(
        ParseResult parsed, Druid.IDruidSource? source, Settings settings, CancellationToken cancellation)
    {
        var schema = settings.Engine.Traffic;
        if (parsed.GetValue(TrainOptions.Data) is not { Length: > 0 } files)
            return null;
        var tables = new List<MetricTable>();
        foreach (var file in files)
        {
            var input = await DetectInput.ReadAsync(file, InputOptions.None, cancellation);
            input.CheckSource(source);
            MetricTable[] series = input.Series is { IsSingle: false } many
                ? [.. Enumerable.Range(0, many.Count).Select(many.Table)]
                : [input.Table ?? await QueryAsync(source!, input.Query!.Value, schema, cancellation)];
            tables.AddRange(series);
            var read = series.Select(static table => ReadSummary.Of(table, table.Metrics)).Aggregate(static (one, other) => one.And(other));
            System.Console.WriteLine(ReadWords.Of(read, input.Source(settings), "learnt"));
        }
        return tables;
    }

    private static Task<MetricTable> QueryAsync(
        Druid.IDruidSource source, ReadOnlyMemory<byte> query, TrafficSchema schema, CancellationToken cancellation) =>
        source.QueryAsync(TrafficQuery.Build(DruidQuery.Parse(query.Span), schema).ToUtf8Json(), cancellation);
}
