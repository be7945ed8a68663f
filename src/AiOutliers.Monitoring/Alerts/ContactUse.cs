using System.Data.Common;
using System.Text.Json.Nodes;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Documents;
using Dapper;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>Which monitors and routes name a contact. Without it they would tell nobody, and nobody would notice.</summary>
internal static class ContactUse
{
    private const int MostShown = 20;

    /// <exception cref="AiOutliersException">Some do; the message lists them.</exception>
    public static async Task RefuseAsync(DbTransaction transaction, string contact)
    {
        var named = await OfAsync(transaction, contact);
        if (named.Count > 0)
        {
            throw new AiOutliersException(
                ErrorKind.InUse,
                $"contact '{contact}' is named by {string.Join(", ", named.Take(MostShown))}"
                + (named.Count > MostShown ? $" and {named.Count - MostShown} more" : "")
                + ": nobody would get their messages. Name another contact there, or delete them, first");
        }
    }

    /// <summary>By the stored text: a document that cannot be used at present still names it.</summary>
    private static async Task<IReadOnlyList<string>> OfAsync(DbTransaction transaction, string contact)
    {
        var documents = await transaction.Connection!.QueryAsync<(string Kind, string Name, string Text)>(
            $"""
            SELECT '{MonitorReader.Kind}', name, document FROM monitors WHERE deleted_at IS NULL
            UNION ALL SELECT kind, name, document FROM alert_documents WHERE kind = '{RouteDocument.Kind}' ORDER BY 1, 2
            """, transaction: transaction);
        return [.. documents.Where(one => NamesIn(one.Kind, one.Text).Contains(contact)).Select(static one => $"{one.Kind}/{one.Name}")];
    }

    private static IEnumerable<string?> NamesIn(string kind, string document) =>
        JsonNode.Parse(document)?["spec"]?[kind == RouteDocument.Kind ? "contacts" : "alerts"] switch
        {
            JsonArray list => list.Select(static name => name?.ToString()),
            JsonValue one => [one.ToString()],
            _ => [],
        };
}
