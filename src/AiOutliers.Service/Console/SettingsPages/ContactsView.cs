using AiOutliers.Detection;
using AiOutliers.Monitoring;
using AiOutliers.Monitoring.Alerts;

namespace AiOutliers.Service.Console.SettingsPages;

/// <summary>Who gets messages about incidents, and how that went.</summary>
/// <param name="Rows">The contacts, in order of name.</param>
/// <param name="Routes">Which incidents go to whom, in order of name.</param>
/// <param name="Failure">Why they are not known; null where they are.</param>
public sealed record ContactsView(IReadOnlyList<ContactRow> Rows, IReadOnlyList<RouteDocument> Routes, string? Failure)
{
    /// <summary>So far back it is looked for the last delivery to each.</summary>
    public const int MostAlerts = 500;

    public static async Task<ContactsView> ReadAsync(MonitoringRuntime runtime, CancellationToken cancellation)
    {
        try
        {
            var (contacts, routes) = await runtime.Catalog.Alerts.ListAsync(cancellation);
            var (alerts, counts) = (
                await runtime.AlertsAsync(null, MostAlerts, cancellation), await runtime.AlertCountsAsync(cancellation));
            return new([.. contacts.Select(contact => ContactRow.Of(contact, alerts, counts))], routes, null);
        }
        catch (AiOutliersException error)
        {
            return new([], [], error.Message);
        }
    }

    /// <summary>What has become of a message, in words.</summary>
    public static string Said(OutboxRow? row, PageContext context) => row switch
    {
        null => "none yet",
        { State: OutboxRow.Delivered, DeliveredAt: { } at } => $"delivered {context.Time(at)}",
        { LastError: { } error } => $"{row.State} since {context.Time(row.CreatedAt)}: {error}",
        _ => $"{row.State} since {context.Time(row.CreatedAt)}",
    };
}

/// <param name="Contact">Who gets messages.</param>
/// <param name="Last">The newest message to them; null where there is none.</param>
/// <param name="Waiting">How many wait to be sent.</param>
/// <param name="Parked">How many could not be sent for a day.</param>
public sealed record ContactRow(ContactDocument Contact, OutboxRow? Last, long Waiting, long Parked)
{
    /// <param name="contact">The contact.</param>
    /// <param name="alerts">Messages to all, the newest first.</param>
    /// <param name="counts">By contact: how many wait, and how many are parked.</param>
    public static ContactRow Of(
        ContactDocument contact, IReadOnlyList<OutboxRow> alerts, IReadOnlyDictionary<string, (long Waiting, long Parked)> counts)
    {
        var (waiting, parked) = counts.GetValueOrDefault(contact.Name);
        return new(contact, alerts.FirstOrDefault(row => row.Contact == contact.Name), waiting, parked);
    }
}
