using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Service.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>monitors</c>: documents that are checked, applied, shown; and runs of what is due.</summary>
internal static class MonitorsCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Documents: files or folders; - is standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var name = new Argument<string>("NAME") { Description = "The monitor." };
        var kind = new Option<string>("--kind") { Description = "Monitor, Contact or Route.", DefaultValueFactory = _ => "Monitor" };
        kind.AcceptOnlyFromAmong("Monitor", "Contact", "Route");
        return new("monitors", "Monitors: series that the service judges on a schedule.")
        {
            MonitoringCommand.Of("validate", "Check documents; exit code 2 lists what is wrong.", (parsed, runtime, _) => Task.FromResult(
                Validate(Read(parsed.GetValue(files)!, runtime))), files),
            ApplyCommand.Plan(),
            ApplyCommand.Apply(),
            MonitoringCommand.Of("export", "Print all documents as YAML, without secrets.", async (_, runtime, stop) =>
            {
                System.Console.Write(await runtime.Catalog.ExportAsync(stop));
                return ExitCode.Success;
            }),
            MonitoringCommand.Of("list", "List the monitors with their last runs.", (_, runtime, stop) => ListAsync(runtime, stop)),
            MonitoringCommand.Of("show", "Print a monitor and its last runs.", (parsed, runtime, stop) =>
                ShowAsync(parsed.GetValue(name)!, runtime, stop), name),
            MonitoringCommand.Of("delete", "Delete a monitor, closing its incidents; or what --kind says.", async (parsed, runtime, stop) =>
            {
                await runtime.Catalog.DeleteAsync(parsed.GetValue(kind)!, parsed.GetValue(name)!, Actor.OfCommand(), stop);
                System.Console.WriteLine($"{parsed.GetValue(name)} deleted");
                return ExitCode.Success;
            }, name, kind),
            MonitoringCommand.Judging("run", "Run the windows that are due now, and send what waits, as serve does all the time.",
                async (_, runtime, data, stop) =>
                {
                    await runtime.RunDueAsync(data.Analyzer, data.Source, NullLoggerFactory.Instance, stop);
                    await runtime.SendAlertsAsync(NullLoggerFactory.Instance, stop);
                    return await ListAsync(runtime, stop);
                }),
            PreviewCommand.Create(),
            BackfillCommand.Create(),
        };
    }

    private static DocumentSet Read(string[] files, MonitoringRuntime runtime) => MonitorFiles.Read(runtime.Engine, files).Checked();

    private static int Validate(DocumentSet documents)
    {
        System.Console.WriteLine($"{Counted.Of(documents.Count, "document")} can be used: "
            + $"{Counted.Of(documents.Monitors.Count, "monitor")}, {Counted.Of(documents.Contacts.Count, "contact")}, "
            + $"{Counted.Of(documents.Routes.Count, "route")}");
        return ExitCode.Success;
    }

    private static async Task<int> ListAsync(MonitoringRuntime runtime, CancellationToken cancellation)
    {
        var monitors = await runtime.Catalog.Monitors.ListAsync(cancellation);
        if (monitors.Count == 0)
        {
            System.Console.WriteLine($"No monitors in {runtime.Settings.Database}; rb-aioutliers monitors apply FILE makes them.");
            return ExitCode.Success;
        }
        var table = new Table().AddColumns("monitor", "revision", "judged up to (UTC)", "last run", "reason");
        foreach (var monitor in monitors)
            table.AddRow(
                MonitoringCommand.Cell(monitor.Name), MonitoringCommand.Cell($"{monitor.Revision}"),
                MonitoringCommand.Time(monitor.NextFrom),
                MonitoringCommand.Cell(monitor.LastState), MonitoringCommand.Cell(monitor.LastReason, 80));
        MonitoringCommand.Write(table);
        return ExitCode.Success;
    }

    private static async Task<int> ShowAsync(string name, MonitoringRuntime runtime, CancellationToken cancellation)
    {
        var monitor = await runtime.Catalog.Monitors.FindAsync(name, cancellation)
            ?? throw new AiOutliersException(ErrorKind.BadInput, $"monitor '{name}' not found; `rb-aioutliers monitors list` shows them");
        System.Console.WriteLine(JsonNode.Parse(monitor.Document)!.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }));
        var table = new Table().AddColumns("window (UTC)", "up to", "state", "rows", "judged", "changed", "data ms", "judge ms", "reason");
        foreach (var run in await runtime.Runs.ListAsync(name, 20, cancellation))
            table.AddRow(
                MonitoringCommand.Time(run.WindowFrom), MonitoringCommand.Time(run.WindowTo), MonitoringCommand.Cell(run.Words),
                new Text($"{run.RowsRead}"), new Text($"{run.Judged}"), new Text($"{run.Incidents}"),
                new Text($"{run.SourceMilliseconds}"), new Text($"{run.JudgingMilliseconds}"),
                MonitoringCommand.Cell(run.Reason ?? run.NotJudged, 100));
        MonitoringCommand.Write(table);
        return ExitCode.Success;
    }
}
