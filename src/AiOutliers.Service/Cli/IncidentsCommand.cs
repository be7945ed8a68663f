using System.CommandLine;
using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Monitors;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>incidents</c>: what monitors have found, and what people say of it.</summary>
internal static class IncidentsCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "The incident: its id, or the begin of it." };

    private static readonly Option<string?> Note = new("--note") { Description = "Why, for the history." };

    public static Command Create()
    {
        var verdict = new Argument<string>("VERDICT") { Description = string.Join(", ", IncidentStates.Verdicts) };
        verdict.AcceptOnlyFromAmong([.. IncidentStates.Verdicts]);
        var text = new Argument<string>("TEXT") { Description = "The comment." };
        return new("incidents", "Incidents that monitors have found.")
        {
            CreateList(),
            MonitoringCommand.Of("show", "Print one incident and its history.", (parsed, runtime, stop) =>
                IncidentDetails.PrintAsync(parsed.GetValue(Id)!, runtime, stop), Id),
            IncidentCausesCommand.Create(Id),
            MonitoringCommand.Of("ack", "Say that somebody looks after it.", async (parsed, runtime, stop) =>
                Told(await runtime.Incidents.AcknowledgeAsync(
                    parsed.GetValue(Id)!, parsed.GetValue(Note), Actor.OfCommand(), stop)), Id, Note),
            MonitoringCommand.Of("verdict", "Say what it was; expected and false-alarm end its alerts.", async (parsed, runtime, stop) =>
                Told(await runtime.Incidents.JudgeAsync(
                    parsed.GetValue(Id)!, parsed.GetValue(verdict)!, parsed.GetValue(Note), Actor.OfCommand(), stop)), Id, verdict, Note),
            MonitoringCommand.Of("comment", "Add a line to the history.", async (parsed, runtime, stop) =>
                Told(await runtime.Incidents.CommentAsync(
                    parsed.GetValue(Id)!, parsed.GetValue(text)!, Actor.OfCommand(), stop)), Id, text),
        };
    }

    private static Command CreateList()
    {
        var monitor = new Option<string?>("--monitor") { Description = "Of one monitor." };
        var state = new Option<string?>("--state") { Description = "open, acknowledged or closed; without it those that are not closed." };
        state.AcceptOnlyFromAmong([.. IncidentStates.All, "all"]);
        var severity = new Option<double?>("--severity") { Description = "At least so severe, 0 to 100." }.From(0, 100);
        var query = new Option<string?>("--query") { Description = "A part of the entity, the metric or the reason." };
        var limit = CommonOptions.Limit(IncidentFilterQuery.MostRows);
        return MonitoringCommand.Of("list", "List incidents, the newest first.", (parsed, runtime, stop) => ListAsync(new()
        {
            Monitor = parsed.GetValue(monitor),
            State = parsed.GetValue(state) switch { null => IncidentFilterQuery.NotClosed, "all" => null, var one => one },
            Severity = parsed.GetValue(severity),
            Text = parsed.GetValue(query),
            Limit = parsed.GetValue(limit),
        }, runtime, stop), monitor, state, severity, query, limit);
    }

    private static async Task<int> ListAsync(IncidentFilterQuery filter, MonitoringRuntime runtime, CancellationToken cancellation)
    {
        var incidents = await runtime.Incidents.PageAsync(filter, cancellation);
        if (incidents.Count == 0)
        {
            System.Console.WriteLine("No incidents.");
            return ExitCode.Success;
        }
        var table = new Table().AddColumns("incident", "begin (UTC)", "state", "severity", "what", "metric", "entity", "monitor", "why");
        foreach (var one in incidents)
            table.AddRow(
                new Text(one.Id[..8]), MonitoringCommand.Time(one.StartedAt), MonitoringCommand.Cell(one.Verdict ?? one.State),
                new Text(one.Severity.ToString("0", CultureInfo.InvariantCulture)), MonitoringCommand.Cell(one.Kind.Replace('_', ' ')),
                MonitoringCommand.Cell(one.Metric), MonitoringCommand.Cell(one.Entity, 40), MonitoringCommand.Cell(one.Monitor, 40),
                MonitoringCommand.Cell(one.Reason, 90));
        MonitoringCommand.Write(table);
        return ExitCode.Success;
    }

    /// <exception cref="AiOutliersException">The incident does not exist.</exception>
    public static async Task<StoredIncident> FindAsync(MonitoringRuntime runtime, string id, CancellationToken cancellation) =>
        await runtime.Incidents.FindAsync(id, cancellation)
        ?? throw new AiOutliersException(ErrorKind.BadInput, $"incident '{id}' not found; `rb-aioutliers incidents list` shows them");

    private static int Told(StoredIncident incident)
    {
        System.Console.WriteLine($"{incident.Id[..8]} is {incident.State}{(incident.Verdict is { } verdict ? $", {verdict}" : "")}");
        return ExitCode.Success;
    }
}
