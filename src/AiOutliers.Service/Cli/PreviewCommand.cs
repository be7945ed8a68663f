using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Terminal;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>monitors preview</c>: what documents would have found in the last days, and what they cost; nothing is stored.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Documents: a file or a folder; - is standard input." };
        var days = new Option<int>("--days") { Description = "How many days, 1 to 60.", DefaultValueFactory = _ => 7 }.From(1, 60);
        var until = CommandTimes.Option("--until", "The end of these days, ISO 8601 (default: now).");
        return MonitoringCommand.Judging(
            "preview", "Print what monitors would have found in the last days, and their cost; nothing is stored.",
            async (parsed, runtime, data, cancellation) =>
            {
                foreach (var monitor in MonitorFiles.Read(runtime.Engine, [parsed.GetValue(file)!]).Checked().Monitors)
                {
                    var done = new Share();
                    var preview = await Waiting.ForAsync($"Judging {monitor.Name}", () => done.Value, () => runtime.PreviewAsync(
                        monitor, parsed.GetValue(days), parsed.GetValue(until), data.Analyzer, data.Source, done, cancellation));
                    Write(monitor.Name, preview);
                }
                return ExitCode.Success;
            },
            file, days, until);
    }

    private sealed class Share : IProgress<double>
    {
        public double Value { get; private set; }

        public void Report(double value) => Value = value;
    }

    private static void Write(string name, MonitorPreview preview)
    {
        var incidents = Counted.Of(preview.Incidents.Count, "incident");
        FormattableString cost = $"""
            {name}: {incidents} and {Counted.Of(preview.Alerts, "alert")} in {Counted.Days((preview.To - preview.From) / 86_400_000.0)}
            {Counted.Of(preview.Entities, "entity", "entities")}; a run asks for {Counted.Of(preview.RowsPerRun, "row")};
            it takes about {preview.ProcessorMilliseconds} ms of a processor, the data source's not counted;
            what is known of the entities takes {preview.StateBytes / 1048576.0:0.0} MB of memory, and as much in the model store;
            for this preview the data source took {preview.SourceMilliseconds} ms, judging {preview.JudgingMilliseconds} ms
            """;
        System.Console.WriteLine(FormattableString.Invariant(cost));
        foreach (var (reason, count) in preview.NotJudged)
            System.Console.WriteLine($"{count} not judged: {reason}");
        if (preview.Incidents.Count == 0)
            return;
        var table = new Table().AddColumns("begin (UTC)", "severity", "what", "metric", "entity", "why");
        foreach (var one in preview.Incidents)
            table.AddRow(
                MonitoringCommand.Time(one.StartedAt), new Text($"{(int)one.Severity}"), MonitoringCommand.Cell(one.Kind.Replace('_', ' ')),
                MonitoringCommand.Cell(one.Metric), MonitoringCommand.Cell(one.Entity, 40), MonitoringCommand.Cell(one.Reason, 90));
        MonitoringCommand.Write(table);
    }
}
