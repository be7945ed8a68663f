using System.Data.Common;
using System.Text.Json.Nodes;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>Contacts and routes of the database.</summary>
public sealed class AlertDocumentStore(Database database, TimeProvider clock)
{
    public async Task<(IReadOnlyList<ContactDocument> Contacts, IReadOnlyList<RouteDocument> Routes)> ListAsync(
        CancellationToken cancellation) =>
        database.MayExist ? await database.ReadAsync(connection => ListAsync(connection, null), cancellation) : ([], []);

    internal static async Task<(IReadOnlyList<ContactDocument> Contacts, IReadOnlyList<RouteDocument> Routes)> ListAsync(
        DbConnection connection, DbTransaction? transaction) =>
        Read(await connection.QueryAsync<(string, string, string)>(
            "SELECT kind, name, document FROM alert_documents ORDER BY kind, name", transaction: transaction));

    internal static (IReadOnlyList<ContactDocument> Contacts, IReadOnlyList<RouteDocument> Routes) Read(
        IEnumerable<(string Kind, string Name, string Text)> rows)
    {
        var reader = new DocumentReader(new EngineSettings());
        foreach (var (kind, name, text) in rows)
            reader.Add(text, $"{kind}/{name}");
        var documents = reader.Result();
        return (documents.Contacts, documents.Routes);
    }

    /// <summary>A part of them, however many there are.</summary>
    public async Task<AlertDocumentPage> PageAsync(AlertDocumentQuery query, CancellationToken cancellation) =>
        database.MayExist ? await database.ReadAsync(query.PageAsync, cancellation) : new([], []);

    /// <summary>How many there are on all pages.</summary>
    public async Task<long> CountAsync(AlertDocumentQuery query, CancellationToken cancellation) =>
        database.MayExist ? await database.ReadAsync(query.CountAsync, cancellation) : 0;

    /// <summary>One as people see it, without secrets; null when there is none of this name.</summary>
    public async Task<JsonObject?> FindAsync(string kind, string name, CancellationToken cancellation)
    {
        var text = !database.MayExist ? null : await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<string?>(
                "SELECT document FROM alert_documents WHERE kind = @kind AND name = @name",
                new { kind, name = SqlText.Storable(name) }),
            cancellation);
        if (text is null)
            return null;
        var (contacts, routes) = Read([(kind, name, text)]);
        return contacts is [var contact] ? contact.Shown : routes is [var route] ? route.Json : null;
    }

    /// <summary>What writing would change.</summary>
    internal static async Task<IEnumerable<DocumentChange>> PlanAsync(
        DbConnection connection, DocumentSet documents, DbTransaction? transaction)
    {
        var (contacts, routes) = await ListAsync(connection, transaction);
        return
        [
            .. documents.Contacts.Select(contact => new DocumentChange(
                ContactDocument.Kind, contact.Name,
                Text(contacts.FirstOrDefault(one => one.Name == contact.Name)?.Shown), Text(contact.Shown)!, 0)),
            .. documents.Routes.Select(route => new DocumentChange(
                RouteDocument.Kind, route.Name, Text(routes.FirstOrDefault(one => one.Name == route.Name)?.Json), Text(route.Json)!, 0)),
        ];
    }

    /// <summary>A secret that was exported hidden stays what it is.</summary>
    internal async Task WriteAsync(DbTransaction transaction, DocumentSet documents)
    {
        var (known, _) = await ListAsync(transaction.Connection!, transaction);
        foreach (var contact in documents.Contacts)
            await WriteAsync(transaction, ContactDocument.Kind, contact.Name, WithSecrets(contact, known));
        foreach (var route in documents.Routes)
            await WriteAsync(transaction, RouteDocument.Kind, route.Name, route.Json);
    }

    /// <returns>Whether there was one.</returns>
    internal static async Task<bool> DeleteAsync(DbTransaction transaction, string kind, string name) =>
        await transaction.Connection!.ExecuteAsync(
            "DELETE FROM alert_documents WHERE kind = @kind AND name = @name", new { kind, name }, transaction) > 0;

    private Task WriteAsync(DbTransaction transaction, string kind, string name, JsonObject document) =>
        transaction.Connection!.ExecuteAsync("""
            INSERT INTO alert_documents (kind, name, document, applied_at) VALUES (@kind, @name, @document, @now)
            ON CONFLICT (kind, name) DO UPDATE SET document = @document, applied_at = @now
            """,
            new { kind, name, document = Text(document), now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, transaction);

    private static JsonObject WithSecrets(ContactDocument contact, IReadOnlyList<ContactDocument> known)
    {
        var document = contact.Json.DeepClone().AsObject();
        var before = known.FirstOrDefault(one => one.Name == contact.Name && one.Type == contact.Type);
        foreach (var key in contact.Type.Secrets.Where(key => contact.Values.GetValueOrDefault(key) == ContactDocument.Hidden))
            document["spec"]![contact.Type.Name]![key] = before?.Values.GetValueOrDefault(key);
        return document;
    }

    private static string? Text(JsonObject? document) => document?.ToJsonString(YamlJson.Readable);
}
