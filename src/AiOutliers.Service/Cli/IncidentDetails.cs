using System.Globalization;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Incidents;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>incidents show</c>: one incident, its members and its history.</summary>
internal static class IncidentDetails
{
    public static async Task<int> PrintAsync(string id, MonitoringRuntime runtime, CancellationToken cancellation)
    {
        var one = await IncidentsCommand.FindAsync(runtime, id, cancellation);
        var facts = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in Facts(one))
            facts.AddRow(new Text(name), value);
        AnsiConsole.Write(facts);
        if (await runtime.Incidents.MembersAsync(one.Id, cancellation) is { Count: > 0 } members)
            MonitoringCommand.Write(Members(members));
        var history = new Table().AddColumns("when (UTC)", "what", "who", "detail");
        foreach (var line in await runtime.Incidents.HistoryAsync(one.Id, cancellation))
            history.AddRow(
                MonitoringCommand.Time(line.At), MonitoringCommand.Cell(line.Kind), MonitoringCommand.Cell(line.Actor),
                MonitoringCommand.Cell(line.Detail, 120));
        MonitoringCommand.Write(history);
        return ExitCode.Success;
    }

    private static IEnumerable<(string, Text)> Facts(StoredIncident one) =>
    [
        ("incident", new(one.Id)), ("monitor", new($"{one.Monitor}, revision {one.Revision}")),
        ("entity", MonitoringCommand.Cell(one.Entity, 200)), ("metric", MonitoringCommand.Cell(one.Metric)),
        ("what", new(one.Kind.Replace('_', ' '))), ("state", new(one.State)), ("verdict", new(one.Verdict ?? "-")),
        ("severity", new(one.Severity.ToString("0", CultureInfo.InvariantCulture))),
        ("begin", MonitoringCommand.Time(one.StartedAt)), ("end", MonitoringCommand.Time(one.EndedAt)),
        ("value", new(one.PeakValue is { } value
            ? $"{Quantity.Short(value)} where {Quantity.Short(one.PeakExpected ?? 0)} was expected" : "-")),
        ("why", MonitoringCommand.Cell(one.Reason, 200)), ("causes", MonitoringCommand.Cell(CausesOf(one), 500)),
        ("part of", new(one.Parent ?? "-")),
    ];

    /// <summary>The words of what was found when it was opened.</summary>
    private static string? CausesOf(StoredIncident one)
    {
        if (one.Causes is null)
            return null;
        using var json = JsonDocument.Parse(one.Causes);
        return string.Join(' ', json.RootElement.GetProperty("words").EnumerateArray().Select(static line => line.GetString()));
    }

    private static Table Members(IReadOnlyList<StoredIncident> members)
    {
        var table = new Table().AddColumns("member", "severity", "what", "metric", "entity", "state");
        foreach (var one in members)
            table.AddRow(
                new Text(one.Id[..8]), new Text(one.Severity.ToString("0", CultureInfo.InvariantCulture)),
                MonitoringCommand.Cell(one.Kind.Replace('_', ' ')), MonitoringCommand.Cell(one.Metric),
                MonitoringCommand.Cell(one.Entity, 40), new Text(one.State));
        return table;
    }
}
