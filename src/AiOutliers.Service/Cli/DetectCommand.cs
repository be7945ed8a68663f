using System.CommandLine;
using AiOutliers.Druid.Files;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using AiOutliers.Service.Plotting;
using AiOutliers.Service.Terminal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Service.Cli;

/// <summary><c>detect</c>: one series, or many, from a file, a query or standard input; exit code 3 when something was found.</summary>
internal static class DetectCommand
{
    public static Command Create()
    {
        var command = new Command("detect",
            "Find the anomalies of one series, or of each of many. Exit code: 0 nothing found, 3 anomalies found, 4 could not be judged, "
                + "2 bad input, 1 failure; of several series the worst: 3, then 4.")
        {
            DetectOptions.Input, DetectOptions.Config, DetectOptions.Detector, DetectOptions.Model, DetectOptions.Metric, DetectOptions.By,
            DetectOptions.Explain, DetectOptions.TimeFormat,
            JudgingOptions.Sensitivity, JudgingOptions.Alarms, JudgingOptions.Direction,
            JudgingOptions.MinDeviation, JudgingOptions.MinDeviationPercent,
            JudgingOptions.IgnoreGaps, JudgingOptions.TimeZone, DetectOptions.CompleteUntil,
            DetectOptions.History, DetectOptions.Last, DetectOptions.Since, DetectOptions.FailOn, DetectOptions.Query,
            DetectOptions.Format, DetectOptions.Output, DetectOptions.Plot, DetectOptions.Dark, DetectOptions.Service,
        };
        command.Validators.Add(static parsed =>
        {
            // A service answers with verdicts and expected values only: there are no scores to write, and what it judges
            // with is its own configuration.
            if (parsed.GetResult(DetectOptions.Service) is not null
                && Array.Find(DetectOptions.OfJudgingHere, option => parsed.GetResult(option) is { Implicit: false }) is { } other)
                parsed.AddError($"{other.Name} cannot be used with --service.");
        });
        command.Validators.Add(static parsed =>
        {
            if (parsed.GetResult(DetectOptions.Detector) is not null && parsed.GetResult(DetectOptions.Model) is not null)
                parsed.AddError("--detector and --model exclude each other: a model is its own detector.");
        });
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(() => parsed.GetValue(DetectOptions.Service) is { } service
            ? RemoteDetection.RunAsync(service, parsed.GetValue(DetectOptions.Input)!, cancellation)
            : RunAsync(parsed, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (plot, output) = (parsed.GetValue(DetectOptions.Plot), parsed.GetValue(DetectOptions.Output));
        if (plot is not null)
            PlotFile.CheckName(plot);
        if (output is not null)
            ReportFile.Check(output);
        var settings = DetectSettings.Read(parsed);
        var models = LocalModels.Open(settings, NullLogger<ModelFolder>.Instance);
        var source = DataSource.Open(settings);
        var analyzer = new OutlierAnalyzer(
            settings.Engine, models, source, TimeProvider.System, new Admission().LongComputations, NullLogger<OutlierAnalyzer>.Instance);
        var input = await ReadAsync(parsed, models, settings, cancellation);
        if (parsed.GetValue(DetectOptions.Query))
            return DetectQuery.Print(input, parsed);
        input.CheckSource(source);
        var request = Request(parsed, input);
        var query = DetectSeries.QueryOf(input, parsed);
        var causes = DetectCauses.Open(parsed, settings, source, input, query);
        if (query is null && input.Series is null or { IsSingle: true })
        {
            return await SensorHint.AfterAsync(input, source, settings, cancellation, async () =>
            {
                var report = await Waiting.ForAsync("Looking for anomalies", () => analyzer.AnalyzeAsync(request, cancellation));
                if (causes is not null)
                    report = await causes.OfAsync(report, cancellation);
                var exitCode = DetectOutput.Write(report, input.Source(settings), parsed);
                causes?.WriteLeftOut(parsed);
                return exitCode;
            });
        }
        var series = query is null
            ? new FetchedSeries(input.Series!, new(), AskedFrom: null, Warning: null) { Order = input.Series!.ByKey() }
            : await Waiting.ForAsync(
                "Asking the data source", () => DetectSeries.FetchAsync(query, source!, settings, request.History, cancellation));
        return await DetectSeries.RunAsync(
            series, analyzer, request with { Query = null }, input.Source(settings), parsed, causes, cancellation);
    }

    private static async Task<DetectInput> ReadAsync(
        ParseResult parsed, ModelFolder models, Settings settings, CancellationToken cancellation)
    {
        if (parsed.GetValue(DetectOptions.Model) is { } name && models.Find(name) is null)
            throw UnknownModel.Of(name, models.Names);
        var options = new InputOptions
        {
            By = DetectSeries.By(parsed),
            TimeFormat = parsed.GetValue(DetectOptions.TimeFormat),
            Zone = DetectTimes.Zone(parsed),
        };
        var text = parsed.GetValue(DetectOptions.Input)!;
        var input = DetectQuery.IsShort(text)
            ? DetectQuery.Read(text, settings.Engine.Traffic, TimeProvider.System.GetUtcNow())
            : await DetectInput.ReadAsync(text, options, cancellation);
        return DetectTimes.Last(parsed) is { } last ? input.Last(last, TimeProvider.System.GetUtcNow()) : input;
    }

    private static AnalysisRequest Request(ParseResult parsed, DetectInput input) => new()
    {
        Query = input.Query,
        Table = input.Table,
        Model = parsed.GetValue(DetectOptions.Model),
        ModelOfSensor = parsed.GetResult(DetectOptions.Detector) is null,
        WithoutModelOnly = DetectSettings.WithoutModelOnly(parsed),
        Metrics = parsed.GetValue(DetectOptions.Metric) ?? input.Metrics,
        CompleteUntil = parsed.GetValue(DetectOptions.CompleteUntil),
        History = DetectTimes.History(parsed),
        Since = DetectTimes.Since(parsed),
    };
}
