using System.Data.Common;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>Which contacts and routes a page shows: contacts first, in order of name. What is null does not count.</summary>
public sealed record AlertDocumentQuery
{
    public const int MostRows = 500;

    /// <summary>Contact or Route.</summary>
    public string? Kind { get; init; }

    /// <summary>A part of the name; capitals count as small letters.</summary>
    public string? Text { get; init => field = SqlText.Storable(value); }

    /// <summary>The last of the page before: its kind and its name.</summary>
    public (string Kind, string Name)? After { get; init; }

    /// <summary>So many of the first are left out.</summary>
    public long Skip { get; init; }

    public int Limit { get; init; } = MostRows;

    private string Condition =>
        (Kind is null ? "1 = 1" : "kind = @Kind") + (Text is null ? "" : " AND LOWER(name) LIKE @Pattern ESCAPE '!'");

    private object Values => new
    {
        Kind,
        Pattern = SqlText.Having(Text),
        AfterKind = SqlText.Storable(After?.Kind),
        AfterName = SqlText.Storable(After?.Name),
        Skip,
        Limit,
    };

    internal Task<long> CountAsync(DbConnection connection) =>
        connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM alert_documents WHERE {Condition}", Values);

    internal async Task<AlertDocumentPage> PageAsync(DbConnection connection)
    {
        var rows = (await connection.QueryAsync<(string Kind, string Name, string Text)>($"""
            SELECT kind, name, document FROM alert_documents
            WHERE {Condition}{(After is null ? "" : " AND (kind, name) > (@AfterKind, @AfterName)")}
            ORDER BY kind, name LIMIT @Limit OFFSET @Skip
            """, Values)).ToList();
        var (contacts, routes) = AlertDocumentStore.Read(rows);
        return new(contacts, routes) { Next = rows.Count == Limit ? (rows[^1].Kind, rows[^1].Name) : null };
    }
}

/// <summary>A part of the contacts and routes.</summary>
/// <param name="Contacts">In order of name.</param>
/// <param name="Routes">In order of name.</param>
public sealed record AlertDocumentPage(IReadOnlyList<ContactDocument> Contacts, IReadOnlyList<RouteDocument> Routes)
{
    /// <summary>The last of the page, for the next one; null on the last page.</summary>
    public (string Kind, string Name)? Next { get; init; }
}
