using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Engine;
using AiOutliers.Engine.SelfTest;
using AiOutliers.Service.Console;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Options;
using Spectre.Console;

namespace AiOutliers.Service.Commands;

/// <summary><c>selftest</c>: what would have been caught in one's own data, and how big must it be?</summary>
internal static class SelfTestCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "A recent series: a Druid response or query (JSON), a CSV or a Parquet file; - reads standard input.",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("selftest", "Disturb copies of a series in known ways, and report what the detector finds and how soon.")
        {
            Data, DetectOptions.Config, DetectOptions.Detector, DetectOptions.Metric, DetectOptions.Sensitivity, DetectOptions.Alarms,
            DetectOptions.Direction, DetectOptions.MinDeviation, DetectOptions.MinDeviationPercent,
        };
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(() => RunAsync(parsed, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = DetectSettings.Read(parsed);
        var input = await DetectInput.ReadAsync(parsed.GetValue(Data)!, cancellation);
        var table = input.Table ?? await QueryAsync(settings, input.Query!.Value, cancellation);
        if (table.Rows < SelfTestRunner.LeastRows)
            throw new AiOutliersException(ErrorKind.BadInput, $"the series has {table.Rows} rows; a self-test needs at least {SelfTestRunner.LeastRows}, and better several days");
        var metric = parsed.GetValue(DetectOptions.Metric) ?? MetricChoice.Of(table, settings.Engine.Metric);
        var detector = DetectorCatalog.Create(settings.Engine.DefaultDetector, settings.Engine);
        var runner = new SelfTestRunner(detector, table, metric);
        var (done, total) = (0, runner.Injections().Count);
        var result = await Waiting.ForAsync("Disturbing copies of the series", () => (double)done / total,
            () => Task.FromResult(runner.Run(() => Interlocked.Increment(ref done), cancellation)));
        SelfTestTable.Write(AnsiConsole.Console, result, table, metric, detector.Name);
        return ExitCode.Success;
    }

    private static async Task<MetricTable> QueryAsync(Settings settings, ReadOnlyMemory<byte> query, CancellationToken cancellation) =>
        DataSource.Open(settings) is { } source
        ? await source.QueryAsync(query, cancellation)
        : throw new AiOutliersException(ErrorKind.SourceFailed,
            "no data source is configured; set [Druid] druid_endpoint to the broker's URL or to duckdb:FOLDER");
}
