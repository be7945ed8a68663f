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
        DbConnection connection, DbTransaction? transaction)
    {
        var reader = new DocumentReader(new EngineSettings());
        foreach (var (kind, name, text) in await connection.QueryAsync<(string, string, string)>(
            "SELECT kind, name, document FROM alert_documents ORDER BY kind, name", transaction: transaction))
            reader.Add(text, $"{kind}/{name}");
        var documents = reader.Result();
        return (documents.Contacts, documents.Routes);
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
