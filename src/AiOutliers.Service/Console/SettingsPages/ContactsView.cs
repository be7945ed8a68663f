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
    /// <summary>What the address calls the parts of the lists, and the names that are looked for in them.</summary>
    public const string ContactField = "contact", RouteField = "route";

    private const string ContactPart = "contacts", RoutePart = "routes";

    /// <summary>Which contacts and which routes are shown.</summary>
    public ListPart Contacts { get; init; } = new(ContactPart, 1, 0);

    public ListPart Taken { get; init; } = new(RoutePart, 1, 0);

    /// <summary>Parts of the names that are looked for; empty for all.</summary>
    public string ContactText { get; init; } = "";

    public string RouteText { get; init; } = "";

    /// <summary>So far back it is looked for the last delivery to each.</summary>
    public const int MostAlerts = 500;

    public static async Task<ContactsView> ReadAsync(MonitoringRuntime runtime, IQueryCollection query, CancellationToken cancellation)
    {
        var store = runtime.Catalog.Alerts;
        try
        {
            var (contacts, ofContacts) = await PartAsync(ContactDocument.Kind, ContactField, ContactPart);
            var (routes, ofRoutes) = await PartAsync(RouteDocument.Kind, RouteField, RoutePart);
            var (alerts, counts) = (
                await runtime.AlertsAsync(null, MostAlerts, cancellation), await runtime.AlertCountsAsync(cancellation));
            return new([.. contacts.Contacts.Select(contact => ContactRow.Of(contact, alerts, counts))], routes.Routes, null)
            {
                Contacts = ofContacts,
                Taken = ofRoutes,
                ContactText = TextOf(ContactField),
                RouteText = TextOf(RouteField),
            };
        }
        catch (AiOutliersException error)
        {
            return new([], [], error.Message);
        }

        async Task<(AlertDocumentPage Page, ListPart Part)> PartAsync(string kind, string field, string number)
        {
            var text = TextOf(field);
            var asked = new AlertDocumentQuery { Kind = kind, Text = text.Length > 0 ? text : null, Limit = ListPart.Size };
            var part = ListPart.Of(query, number, await store.CountAsync(asked, cancellation));
            return (await store.PageAsync(asked with { Skip = part.Skip }, cancellation), part);
        }

        string TextOf(string field) => query[field].ToString().Trim();
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
