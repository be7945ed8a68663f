using System.Data.Common;
using System.Text.Json.Nodes;
using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring.Monitors;

/// <summary>All documents of the database: planned, applied, exported, deleted; each change by a person is in the audit.</summary>
public sealed class Catalog(Database database, EngineSettings settings, TimeProvider clock)
{
    private readonly MonitorStore _monitors = new(database, clock);
    private readonly AlertDocumentStore _alerts = new(database, clock);

    /// <summary>Where people reach the pages, for links in alerts.</summary>
    public string? PublicUrl { get; init; }

    public MonitorStore Monitors => _monitors;

    public AlertDocumentStore Alerts => _alerts;

    /// <summary>Reads text that came from one place.</summary>
    /// <exception cref="AiOutliersException">Something is wrong; the message lists all of it.</exception>
    public DocumentSet Read(string text, string source)
    {
        var reader = new DocumentReader(settings);
        reader.Add(text, source);
        return reader.Result().Checked();
    }

    /// <summary>What applying would change; nothing is written.</summary>
    public async Task<IReadOnlyList<DocumentChange>> PlanAsync(DocumentSet documents, CancellationToken cancellation) => !database.MayExist
        ? await PlanOfNothingAsync(documents)
        : await database.ReadAsync(connection => PlanAsync(connection, documents, null), cancellation);

    /// <summary>All documents, or none.</summary>
    public Task<IReadOnlyList<DocumentChange>> ApplyAsync(DocumentSet documents, Actor actor, CancellationToken cancellation) =>
        database.WriteAsync(async transaction =>
        {
            await database.LockAsync(transaction, DatabaseLock.Documents);
            var changes = await PlanAsync(transaction.Connection!, documents, transaction);
            foreach (var change in changes.Where(static change => change.Before != change.After))
            {
                if (change.Kind == MonitorReader.Kind)
                    await _monitors.WriteAsync(transaction, change, actor.Name);
                await Audit.WriteAsync(transaction, clock, actor, "apply", $"{change.Kind}/{change.Name}", change.Before, change.After);
            }
            await _alerts.WriteAsync(transaction, documents);
            return changes;
        }, cancellation);

    /// <summary>Contacts that documents name, and that are neither among them nor in the database: nobody gets their messages.</summary>
    public async Task<IReadOnlyList<(string Document, string Contact)>> MissingContactsAsync(
        DocumentSet documents, CancellationToken cancellation)
    {
        var (contacts, _) = await _alerts.ListAsync(cancellation);
        var known = contacts.Concat(documents.Contacts).Select(static contact => contact.Name).ToHashSet(StringComparer.Ordinal);
        var monitors = documents.Monitors.Select(static one => ($"{MonitorReader.Kind}/{one.Name}", one.Spec.Alerts));
        var routes = documents.Routes.Select(static one => ($"{RouteDocument.Kind}/{one.Name}", one.Contacts));
        return
        [
            .. from one in monitors.Concat(routes)
               from contact in one.Item2
               where !known.Contains(contact)
               select (one.Item1, contact),
        ];
    }

    /// <summary>The same in words.</summary>
    public async Task<IReadOnlyList<string>> WarningsAsync(DocumentSet documents, CancellationToken cancellation) =>
    [
        .. (await MissingContactsAsync(documents, cancellation)).Select(static one =>
            $"{one.Document} names the contact '{one.Contact}', which does not exist: nobody gets its messages"),
    ];

    /// <exception cref="AiOutliersException">The document does not exist, or it is a contact that others name.</exception>
    public Task<bool> DeleteAsync(string kind, string name, Actor actor, CancellationToken cancellation) =>
        database.WriteAsync(async transaction =>
        {
            // Whoever applies a document that names the contact comes before or after.
            await database.LockAsync(transaction, DatabaseLock.Documents);
            var found = kind == MonitorReader.Kind
                ? await DeleteMonitorAsync(transaction, name)
                : await AlertDocumentStore.DeleteAsync(transaction, kind, name);
            if (!found)
                throw new AiOutliersException(ErrorKind.BadInput, $"{kind.ToLowerInvariant()} '{name}' not found");
            if (kind == ContactDocument.Kind)
            {
                await ContactUse.RefuseAsync(transaction, name);
                await Outbox.ForgetAsync(transaction, name);
            }
            await Audit.WriteAsync(transaction, clock, actor, "delete", $"{kind}/{name}", null, null);
            return true;
        }, cancellation);

    /// <summary>
    /// No run will ever find its incidents ordinary again: they are closed, and who was told of the begin is told of the end.
    /// </summary>
    private async Task<bool> DeleteMonitorAsync(DbTransaction transaction, string name)
    {
        if (await MonitorStore.LockAsync(transaction, name) is not { } document)
            return false;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var changes = (await IncidentWriting.OfMonitorAsync(transaction, name, endedAfter: long.MaxValue))
            .Select(incident => IncidentChange.Closing(incident, "its monitor was deleted", now)).ToList();
        foreach (var change in changes)
            await IncidentWriting.WriteAsync(transaction, change, now);
        var reader = new DocumentReader(settings);
        reader.Add(document, name);
        if (reader.Result().Monitors is [var monitor])
            await new AlertPlan(monitor, PublicUrl, now, now).WriteAsync(transaction, changes);
        return await _monitors.DeleteAsync(transaction, name);
    }

    /// <summary>All documents as YAML, without secrets.</summary>
    public async Task<string> ExportAsync(CancellationToken cancellation)
    {
        var monitors = (await _monitors.ListAsync(cancellation)).Select(static monitor => JsonNode.Parse(monitor.Document)!);
        var (contacts, routes) = await _alerts.ListAsync(cancellation);
        return YamlJson.ToYaml(
            monitors.Concat(contacts.Select(static contact => contact.Shown)).Concat(routes.Select(static route => route.Json)));
    }

    private async Task<IReadOnlyList<DocumentChange>> PlanAsync(DbConnection connection, DocumentSet documents, DbTransaction? transaction)
    {
        var changes = new List<DocumentChange>();
        foreach (var monitor in documents.Monitors)
            changes.Add(await MonitorStore.PlanAsync(connection, monitor, transaction));
        changes.AddRange(await AlertDocumentStore.PlanAsync(connection, documents, transaction));
        return changes;
    }

    private static Task<IReadOnlyList<DocumentChange>> PlanOfNothingAsync(DocumentSet documents) =>
        Task.FromResult<IReadOnlyList<DocumentChange>>(
    [
        .. documents.Monitors.Select(static one => new DocumentChange(MonitorReader.Kind, one.Name, null, one.Canonical, 1)),
        .. documents.Contacts.Select(static one => new DocumentChange(ContactDocument.Kind, one.Name, null, one.Shown.ToJsonString(), 0)),
        .. documents.Routes.Select(static one => new DocumentChange(RouteDocument.Kind, one.Name, null, one.Json.ToJsonString(), 0)),
    ]);
}
