using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using Dapper;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>
/// Puts messages into the outbox, in the transaction that changed the incidents: who gets the begin also gets the end. A parent stands for
/// its members, which get no messages of their own.
/// </summary>
internal sealed class AlertPlan(MonitorDocument monitor, string? publicUrl, long windowTo, long now)
{
    private const int KeyBytes = 16;

    public async Task WriteAsync(DbTransaction transaction, IReadOnlyList<IncidentChange> changes)
    {
        var told = changes.Where(static change =>
            change.Incident.Parent is null && (change.Event is not null || change.Incident.ClosedAt is null)).ToList();
        if (told.Count == 0)
            return;
        var (contacts, routes) = await AlertDocumentStore.ListAsync(transaction.Connection!, transaction);
        var names = contacts.Select(static contact => contact.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var change in told)
        {
            var recipients = Recipients(change.Incident, routes).Where(recipient => names.Contains(recipient.Contact))
                .DistinctBy(static recipient => recipient.Contact);
            await TellAsync(transaction, change, [.. recipients]);
        }
    }

    private async Task TellAsync(DbTransaction transaction, IncidentChange change, IReadOnlyList<Recipient> recipients)
    {
        var incident = change.Incident;
        var isQuiet = incident.Verdict is IncidentStates.Expected or IncidentStates.FalseAlarm;
        var before = await TellingsAsync(transaction, incident.Id);
        var open = before.Where(static telling => telling.IsOpen).ToList();
        if (change.Event == IncidentEvent.Closed)
        {
            foreach (var telling in open)
                await PutAsync(
                    transaction, incident, AlertMessage.End, new(telling.Contact, telling.GroupKey, TimeSpan.Zero, TimeSpan.Zero));
            return;
        }
        foreach (var recipient in isQuiet ? [] : recipients)
        {
            var telling = open.Find(one => one.Contact == recipient.Contact);
            var word = telling is null ? AlertMessage.Begin
                : change.Event == IncidentEvent.Grew ? AlertMessage.Update
                : recipient.Repeat > TimeSpan.Zero && telling.LastAt + recipient.Repeat.TotalMilliseconds <= now ? AlertMessage.Repeat
                : null;
            if (word is not null)
                await PutAsync(transaction, incident, word, recipient);
        }
    }

    private IEnumerable<Recipient> Recipients(StoredIncident incident, IReadOnlyList<RouteDocument> routes)
    {
        foreach (var route in routes.Where(route => route.Matches(monitor, incident.Severity, now)))
        {
            foreach (var contact in route.Contacts)
                yield return new(contact, GroupOf(route, incident), route.GroupWait, route.Repeat);
        }
        foreach (var contact in monitor.Spec.Alerts)
            yield return new(contact, incident.Id, TimeSpan.Zero, TimeSpan.Zero);
    }

    private string GroupOf(RouteDocument route, StoredIncident incident) => route.GroupBy.Count == 0
        ? incident.Id
        : string.Join('\0', route.GroupBy.Select(name => name switch
        {
            "monitor" => incident.Monitor,
            "entity" => incident.EntityKey,
            _ => monitor.Labels.GetValueOrDefault(name, ""),
        }).Prepend(route.Name).Select(Uri.EscapeDataString)).Replace('\0', '/');

    private async Task PutAsync(DbTransaction transaction, StoredIncident incident, string word, Recipient recipient)
    {
        var members = await IncidentWriting.MembersAsync(transaction.Connection!, incident.Id, AlertMessage.MostMembers, transaction);
        await transaction.Connection!.ExecuteAsync("""
            INSERT INTO outbox (idempotency_key, contact, incident, event, group_key, message, state, attempts, created_at, due_at)
            VALUES (@key, @Contact, @Id, @word, @GroupKey, @message, 'waiting', 0, @now, @due)
            ON CONFLICT (idempotency_key) DO NOTHING
            """,
            new
            {
                key = KeyOf(incident.Id, recipient.Contact, word),
                recipient.Contact,
                incident.Id,
                word,
                recipient.GroupKey,
                now,
                message = AlertMessage.Of(word, incident, monitor, members, publicUrl).ToJson(),
                due = now + (word == AlertMessage.Begin ? (long)recipient.GroupWait.TotalMilliseconds : 0),
            },
            transaction);
    }

    /// <summary>The same for the same telling of the same window.</summary>
    private string KeyOf(string incident, string contact, string word) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{incident}\0{contact}\0{word}\0{windowTo}")))
            .AsSpan(0, KeyBytes));

    /// <summary>Who got messages about an incident, and whether its end was sent.</summary>
    private static async Task<List<Telling>> TellingsAsync(DbTransaction transaction, string incident) =>
    [
        .. await transaction.Connection!.QueryAsync<Telling>("""
            SELECT contact, MAX(group_key) AS group_key, MAX(created_at) AS last_at,
                MAX(CASE WHEN event = 'begin' THEN id ELSE 0 END) AS begin_id, MAX(CASE WHEN event = 'end' THEN id ELSE 0 END) AS end_id
            FROM outbox WHERE incident = @incident GROUP BY contact
            """, new { incident }, transaction),
    ];

    private sealed record Recipient(string Contact, string GroupKey, TimeSpan GroupWait, TimeSpan Repeat);

    private sealed record Telling
    {
        public string Contact { get; init; } = "";

        public string GroupKey { get; init; } = "";

        public long LastAt { get; init; }

        public long BeginId { get; init; }

        public long EndId { get; init; }

        public bool IsOpen => BeginId > EndId;
    }
}
