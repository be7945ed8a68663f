using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Engine;
using AiOutliers.Engine.Evaluation;
using AiOutliers.Service.Evaluation.Report;
using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>evaluate</c>: how well detectors do on labelled series.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var command = new Command(
            "evaluate", "Run detectors over labelled series and say how well they do. Exit code: 0 done, 2 bad input, 1 failure.")
        {
            EvaluateOptions.Data, EvaluateOptions.Config, EvaluateOptions.Detector,
            EvaluateOptions.Tolerance, EvaluateOptions.PointsPerDay, EvaluateOptions.InOrder,
            JudgingOptions.Sensitivity, JudgingOptions.Alarms, JudgingOptions.Direction,
            JudgingOptions.MinDeviation, JudgingOptions.MinDeviationPercent,
            EvaluateOptions.Output, EvaluateOptions.Compare, EvaluateOptions.Report,
        };
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(() => RunAsync(parsed, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (output, report) = (parsed.GetValue(EvaluateOptions.Output), parsed.GetValue(EvaluateOptions.Report));
        if (output is not null)
            WholeFile.Check("--output", output, ".csv");
        if (report is not null)
            WholeFile.Check("--report", report, ".html");
        var published = parsed.GetValue(EvaluateOptions.Compare) is { } compare ? PublishedTable.Read(compare) : null;
        var (files, leftOut) = LabelledFiles.Find(parsed.GetValue(EvaluateOptions.Data)!);
        var reader = new LabelledReader(parsed.GetValue(EvaluateOptions.PointsPerDay), parsed.GetValue(EvaluateOptions.InOrder));
        var evaluator = CreateEvaluator(parsed, reader);

        var rows = await Waiting.ForAsync(
            $"Judging {Counted.Series(files.Count)}",
            () => (double)evaluator.Done / files.Count,
            () => evaluator.EvaluateAsync(files, cancellation));
        var summary = new EvaluationSummary(rows, published);
        if (output is not null)
            await WholeFile.WriteTextAsync(output, writer => ResultsFile.WriteAsync(writer, rows));
        if (report is not null)
            await WriteReportAsync(report, new HtmlReport(summary, evaluator, reader), cancellation);
        System.Console.WriteLine(Read(rows, leftOut.Count));
        EvaluationTable.Write(AnsiConsole.Console, summary, leftOut);
        return ExitCode.Success;
    }

    private static string Read(IReadOnlyList<EvaluationRow> rows, int leftOut)
    {
        var series = rows.DistinctBy(static row => row.File).ToArray();
        return $"Read {Counted.Of(series.Length, "labelled series", "labelled series")}, "
            + $"{Counted.Of(series.Sum(static row => (long)row.Rows), "row")}; {Counted.Of(leftOut, "file")} left out.";
    }

    private static Task<int> WriteReportAsync(string path, HtmlReport report, CancellationToken cancellation) =>
        Waiting.ForAsync("Drawing the report", () => report.Share, async () =>
        {
            await WholeFile.WriteTextAsync(path, writer => report.WriteAsync(writer, cancellation));
            return ExitCode.Success;
        });

    private static Evaluator CreateEvaluator(ParseResult parsed, LabelledReader reader)
    {
        var settings = CommandSettings.Read(parsed.GetValue(EvaluateOptions.Config));
        var scan = DetectSettings.Overlay(settings.Engine.SeasonalScan, SeasonalScanOptions.All, parsed);
        var engine = settings.Engine with { SeasonalScan = scan };
        var detectors = parsed.GetValue(EvaluateOptions.Detector)!.Distinct().Select(name => DetectorCatalog.Create(name, engine));
        return new([.. detectors], reader, parsed.GetValue(EvaluateOptions.Tolerance));
    }
}
