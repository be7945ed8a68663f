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

    private const int MostSeries = 500, FewSeries = 10, Rarest = 3;

    /// <summary>For a text that is common: behind COALESCE PostgreSQL takes it for that, and goes on in the order of the page.</summary>
    private const string Each =
        "SELECT * FROM incidents WHERE COALESCE(LOWER(entity || ' ' || metric || ' ' || reason) LIKE @Pattern ESCAPE '!', FALSE)";

    private readonly DynamicParameters _values = new(filter);

    /// <summary>Series are of one monitor each: to ask for it, too, lets PostgreSQL look through all of the monitor's.</summary>
    private readonly IncidentFilterQuery _ofSeries = filter with { Monitor = null };

    /// <summary>In order of their begin, the newest first.</summary>
    public async Task<IReadOnlyList<StoredIncident>> PageAsync()
    {
        if (filter.Text is null)
            return await AskAsync("SELECT * FROM incidents WHERE 1 = 1");
        var series = await SeriesAsync();
        _values.Add("Series", series);
        if (series.Length > MostSeries || await ReasonsAsync() is not { } reasons || await OfSeriesAsync(series) is not { } found)
            return await AskAsync(Each);
        found.AddRange(await AskAsync(reasons));
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

    /// <summary>Those of the page that are of these series; null where they have many. The newest of one an index knows.</summary>
    private async Task<List<StoredIncident>?> OfSeriesAsync(long[] series)
    {
        var ofAny = $"FROM incidents WHERE {database.In("series", "Series")}";
        if (series.Length > FewSeries)
            return await CountAsync($"SELECT 1 {ofAny}") > MostRare ? null : await RowsAsync(_ofSeries.Sql($"SELECT * {ofAny}"));
        var found = new List<StoredIncident>();
        foreach (var one in series)
            found.AddRange(await RowsAsync(_ofSeries.Sql($"SELECT * FROM incidents WHERE series = {one}")));
        return found;
    }

    /// <summary>
    /// Selects the incidents whose reason has the text; null where they are many. PostgreSQL knows by itself where to begin, but joins the
    /// lists of all letters: those of the rarest word are short.
    /// </summary>
    private async Task<string?> ReasonsAsync()
    {
        const string HasText = "LOWER(reason) LIKE @Pattern ESCAPE '!'";
        if (!database.Address.IsSqlite)
            return $"SELECT * FROM incidents WHERE LOWER(reason) LIKE @RarePattern ESCAPE '!' AND COALESCE({HasText}, FALSE)";
        if (filter.Letters.Count == 0)
            return null;
        var numbers = await NumbersAsync(await RarestAsync());
        // That all letters stand one after the other takes ten times as long to find out.
        if (numbers.Count > MostRare)
            numbers = await NumbersAsync(IncidentFilterQuery.Quoted(filter.Text!));
        return numbers.Count > MostRare ? null : $"""
            SELECT incidents.* FROM incident_numbers CROSS JOIN incidents ON id = incident
            WHERE number IN ({string.Join(',', numbers)}) AND {HasText}
            """;
    }

    /// <summary>The rarest letters of the text: the lists of the others are long, and the text is looked for in what is found.</summary>
    private async Task<string> RarestAsync()
    {
        var counts = new List<(string Letters, long Count)>();
        foreach (var letters in filter.Letters)
        {
            _values.Add("Match", letters);
            counts.Add((letters, await CountAsync("SELECT 1 FROM incident_texts WHERE incident_texts MATCH @Match")));
        }
        // Of those that are counted no further, numbers are the rarer ones.
        return string.Join(" AND ", counts.OrderBy(static one => one.Count)
            .ThenByDescending(static one => one.Letters.Count(char.IsAsciiDigit)).Take(Rarest).Select(static one => one.Letters));
    }

    private async Task<List<long>> NumbersAsync(string match)
    {
        _values.Add("Match", match);
        return [.. await connection.QueryAsync<long>(
            $"SELECT rowid FROM incident_texts WHERE incident_texts MATCH @Match LIMIT {MostRare + 1}", _values)];
    }

    /// <summary>How many rows a statement has, as far as it matters.</summary>
    private Task<long> CountAsync(string sql) =>
        connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM ({sql} LIMIT {MostRare + 1}) AS counted", _values);

    private Task<List<StoredIncident>> AskAsync(string rows) => RowsAsync(filter.Sql(rows));

    private async Task<List<StoredIncident>> RowsAsync(string sql) => [.. await connection.QueryAsync<StoredIncident>(sql, _values)];
}
