using System.CommandLine;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Storage;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>storage audit</c>: who changed what.</summary>
internal static class AuditCommand
{
    private static readonly Option<string?> Actor = new("--actor") { Description = "Of one key or user." };

    private static readonly Option<string?> Subject = new("--subject")
    {
        Description = "Of one thing (Monitor/edge), or of all of a kind (Monitor).",
    };

    private static readonly Option<int> Limit = CommonOptions.Limit(AuditQuery.MostRows);

    public static Command Create() => MonitoringCommand.Of(
        "audit", "List what people changed, the newest first.", (parsed, runtime, stop) => ListAsync(new()
        {
            Actor = parsed.GetValue(Actor),
            Subject = parsed.GetValue(Subject),
            Limit = parsed.GetValue(Limit),
        }, runtime, stop), Actor, Subject, Limit);

    private static async Task<int> ListAsync(AuditQuery query, MonitoringRuntime runtime, CancellationToken cancellation)
    {
        var rows = await runtime.Audit.PageAsync(query, cancellation);
        if (rows.Count == 0)
        {
            System.Console.WriteLine("No changes.");
            return ExitCode.Success;
        }
        var table = new Table().AddColumns("when (UTC)", "who", "from", "what", "subject", "since then");
        foreach (var row in rows)
        {
            table.AddRow(
                MonitoringCommand.Time(row.At), MonitoringCommand.Cell(row.Actor), MonitoringCommand.Cell(row.Address),
                MonitoringCommand.Cell(row.Action), MonitoringCommand.Cell(row.Subject), MonitoringCommand.Cell(row.AfterText, 90));
        }
        MonitoringCommand.Write(table);
        return ExitCode.Success;
    }
}
