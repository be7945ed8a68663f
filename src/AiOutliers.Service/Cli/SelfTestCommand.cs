using System.CommandLine;
using AiOutliers.Engine.Analysis;
using AiOutliers.Engine.SelfTest;
using AiOutliers.Models.Folder;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Terminal;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>selftest</c>: what would have been caught in one's own data, and how big must it be?</summary>
internal static class SelfTestCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "A recent series: a Druid response or query (JSON), a CSV or a Parquet file; - reads standard input.",
        Required = true,
    };

    private static readonly Option<string?> Metric = new("--metric")
    {
        Description = "The metric that is disturbed and judged (default: as configured, else monitors, else the first).",
    };

    public static Command Create()
    {
        var command = new Command("selftest", "Disturb copies of a series in known ways, and report what the detector finds and how soon. "
            + "Exit code: 0 done, 4 too few rows, 2 bad input, 1 failure.")
        {
            Data, DetectOptions.Config, DetectOptions.Detector, Metric, JudgingOptions.Sensitivity, JudgingOptions.Alarms,
            JudgingOptions.Direction, JudgingOptions.MinDeviation, JudgingOptions.MinDeviationPercent,
        };
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(() => RunAsync(parsed, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = DetectSettings.Read(parsed);
        var models = LocalModels.Open(settings, NullLogger<ModelFolder>.Instance);
        var source = DataSource.Open(settings);
        var analyzer = new OutlierAnalyzer(
            settings.Engine, models, source, TimeProvider.System, new Admission().LongComputations, NullLogger<OutlierAnalyzer>.Instance);
        var input = await DetectInput.ReadOneAsync(parsed.GetValue(Data)!, cancellation);
        input.CheckSource(source);
        var request = new AnalysisRequest
        {
            Query = input.Query,
            Table = input.Table,
            ModelOfSensor = parsed.GetResult(DetectOptions.Detector) is null,
            WithoutModelOnly = DetectSettings.WithoutModelOnly(parsed),
            Metrics = parsed.GetValue(Metric),
        };
        var runner = new SelfTestRunner(analyzer);
        var result = await Waiting.ForAsync(
            "Disturbing copies of the series", () => runner.Share, () => runner.RunAsync(request, cancellation));
        System.Console.WriteLine(ReadWords.Of(result.Read, input.Source(settings), "disturbed"));
        SelfTestTable.Write(AnsiConsole.Console, result);
        return ExitCode.Success;
    }
}
