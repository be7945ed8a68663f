using System.CommandLine;
using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Monitors;
using Spectre.Console;

namespace AiOutliers.Service.Cli;

/// <summary><c>contacts</c>: who gets messages about incidents, whether that works, and what could not be sent.</summary>
internal static class ContactsCommand
{
    private const int MostAlerts = 200;

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The contact." };
        var state = new Option<string?>("--state") { Description = "waiting, delivered or parked." };
        state.AcceptOnlyFromAmong("waiting", "delivered", "parked");
        return new("contacts", "Contacts get messages about incidents; monitors apply creates them.")
        {
            MonitoringCommand.Of("list", "List the contacts and routes.", (_, runtime, stop) => ListAsync(runtime, stop)),
            MonitoringCommand.Of("test", "Send a sample to a contact.", async (parsed, runtime, stop) =>
            {
                await runtime.TestContactAsync(parsed.GetValue(name)!, Actor.OfCommand(), stop);
                System.Console.WriteLine($"{parsed.GetValue(name)} has taken the sample");
                return ExitCode.Success;
            }, name),
            MonitoringCommand.Of("retry", "Send again what is parked for a contact.", async (parsed, runtime, stop) =>
                Say("waiting again", await runtime.RetryAlertsAsync(parsed.GetValue(name)!, Actor.OfCommand(), stop)), name),
            MonitoringCommand.Of("drop", "Give up what is parked for a contact.", async (parsed, runtime, stop) =>
                Say("dropped", await runtime.DropAlertsAsync(parsed.GetValue(name)!, Actor.OfCommand(), stop)), name),
            MonitoringCommand.Of("alerts", "List what was told and what waits, the newest first.", (parsed, runtime, stop) =>
                AlertsAsync(parsed.GetValue(state), runtime, stop), state),
        };
    }

    private static int Say(string done, int alerts)
    {
        System.Console.WriteLine(alerts == 0 ? "No alert was parked." : $"{Counted.Of(alerts, "alert")} {done}");
        return ExitCode.Success;
    }

    private static async Task<int> ListAsync(MonitoringRuntime runtime, CancellationToken cancellation)
    {
        var (contacts, routes) = await runtime.Catalog.Alerts.ListAsync(cancellation);
        var table = new Table().AddColumns("kind", "name", "what");
        foreach (var contact in contacts)
            table.AddRow(new Text("contact"), MonitoringCommand.Cell(contact.Name), MonitoringCommand.Cell(contact.Type.Name));
        foreach (var route in routes)
            table.AddRow(
                new Text("route"), MonitoringCommand.Cell(route.Name),
                MonitoringCommand.Cell("to " + string.Join(", ", route.Contacts), 100));
        if (contacts.Count + routes.Count == 0)
            System.Console.WriteLine("No contacts.");
        else
            MonitoringCommand.Write(table);
        return ExitCode.Success;
    }

    private static async Task<int> AlertsAsync(string? state, MonitoringRuntime runtime, CancellationToken cancellation)
    {
        var alerts = await runtime.AlertsAsync(state, MostAlerts, cancellation);
        if (alerts.Count == 0)
        {
            System.Console.WriteLine("No alerts.");
            return ExitCode.Success;
        }
        var table = new Table().AddColumns("since (UTC)", "contact", "event", "incident", "state", "attempts", "reason");
        foreach (var alert in alerts)
            table.AddRow(
                MonitoringCommand.Time(alert.CreatedAt), MonitoringCommand.Cell(alert.Contact), MonitoringCommand.Cell(alert.Event),
                new Text(alert.Incident[..8]), MonitoringCommand.Cell(alert.State), new Text($"{alert.Attempts}"),
                MonitoringCommand.Cell(alert.LastError, 100));
        MonitoringCommand.Write(table);
        return ExitCode.Success;
    }
}
