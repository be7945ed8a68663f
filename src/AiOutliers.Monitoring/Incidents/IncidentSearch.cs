using System.Data.Common;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Incidents;

/// <summary>
/// Pages of incidents, also by a text. Entity and metric are looked for among the series, of which there are few, the reason in an index of
/// any three letters. A text that many incidents have is soon met in the order of their begin.
/// </summary>
internal sealed class IncidentSearch(Database database, DbConnection connection, IncidentFilterQuery filter)
{
    /// <summary>More incidents than these with one text are soon met.</summary>
    private const int MostRare = 3000;

    private const int MostSeries = 500;

    private const string Each = "SELECT * FROM incidents WHERE LOWER(entity || ' ' || metric || ' ' || reason) LIKE @Pattern ESCAPE '!'";

    private readonly DynamicParameters _values = new(filter);

    /// <summary>SQLite keeps this order of a cross join. PostgreSQL knows by itself whether to begin with its index.</summary>
    private string Reasons => database.Address.IsSqlite
        ? """
            SELECT incidents.* FROM incident_texts CROSS JOIN incident_numbers ON number = incident_texts.rowid
            CROSS JOIN incidents ON id = incident WHERE incident_texts MATCH @Match
            """
        : "SELECT * FROM incidents WHERE LOWER(reason) LIKE @Pattern ESCAPE '!'";

    private string Series => $"FROM incidents WHERE {database.In("series", "Series")}";

    /// <summary>In order of their begin, the newest first.</summary>
    public async Task<IReadOnlyList<StoredIncident>> PageAsync()
    {
        if (filter.Text is null)
            return await AskAsync("SELECT * FROM incidents WHERE 1 = 1");
        var series = await SeriesAsync();
        _values.Add("Series", series);
        if (series.Length > MostSeries || !await AreReasonsRareAsync()
            || series.Length > 0 && await CountAsync($"SELECT 1 {Series}") > MostRare)
            return await AskAsync(Each);
        var found = await AskAsync(Reasons);
        if (series.Length > 0)
            found.AddRange(await AskAsync($"SELECT * {Series}"));
        return
        [
            .. found.DistinctBy(static one => one.Id).OrderByDescending(static one => one.StartedAt)
                .ThenByDescending(static one => one.Id, StringComparer.Ordinal).Take(filter.Limit),
        ];
    }

    private async Task<long[]> SeriesAsync()
    {
        var ofMonitor = filter.Monitor is null ? "" : "AND monitor = @Monitor";
        return
        [
            .. await connection.QueryAsync<long>(
                $"SELECT id FROM incident_series WHERE content LIKE @Pattern ESCAPE '!' {ofMonitor} LIMIT {MostSeries + 1}", _values),
        ];
    }

    private async Task<bool> AreReasonsRareAsync() => !database.Address.IsSqlite
        || filter.Match is not null && await CountAsync("SELECT 1 FROM incident_texts WHERE incident_texts MATCH @Match") <= MostRare;

    /// <summary>How many rows a statement has, as far as it matters.</summary>
    private Task<long> CountAsync(string sql) =>
        connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM ({sql} LIMIT {MostRare + 1}) AS counted", _values);

    private async Task<List<StoredIncident>> AskAsync(string sql) =>
        [.. await connection.QueryAsync<StoredIncident>(filter.Sql(sql), _values)];
}
