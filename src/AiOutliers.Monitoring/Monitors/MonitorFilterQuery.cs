using System.Data.Common;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Monitoring.Storage;
using Dapper;

namespace AiOutliers.Monitoring.Monitors;

/// <summary>Which monitors a page shows; what is null does not count.</summary>
public sealed record MonitorFilterQuery
{
    public const int MostRows = 500;

    /// <summary>How the last run of a monitor <c>m</c> ended.</summary>
    internal const string LastState = "(SELECT state FROM runs r WHERE r.monitor = m.name ORDER BY r.window_to DESC, r.id DESC LIMIT 1)";

    /// <summary>Whether it is not well.</summary>
    internal const string IsIll = $"{LastState} IN ('{RunStates.Failed}', '{RunStates.NoData}')";

    /// <summary>A part of the name; capitals count as small letters.</summary>
    public string? Text { get; init => field = SqlText.Storable(value); }

    /// <summary>The last name of the page before.</summary>
    public string? After { get; init => field = SqlText.Storable(value); }

    /// <summary>
    /// Those that need somebody first: what is not well, then what has found most that goes on. Otherwise they come in order of name.
    /// </summary>
    public bool IllFirst { get; init; }

    /// <summary>So many of the first are left out.</summary>
    public long Skip { get; init; }

    public int Limit { get; init; } = MostRows;

    /// <summary>For the statements.</summary>
    public string Pattern => SqlText.Having(Text);

    private string Condition => "deleted_at IS NULL" + (Text is null ? "" : " AND LOWER(name) LIKE @Pattern ESCAPE '!'");

    internal Task<long> CountAsync(DbConnection connection) =>
        connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM monitors WHERE {Condition}", this);

    internal async Task<IReadOnlyList<StoredMonitor>> PageAsync(DbConnection connection) =>
        [.. await connection.QueryAsync<StoredMonitor>(IllFirst ? Ranked : Named, this)];

    private string Named => $"""
        SELECT {MonitorStore.Columns} FROM monitors m WHERE {Condition}{(After is null ? "" : " AND name > @After")}
        ORDER BY name LIMIT @Limit OFFSET @Skip
        """;

    /// <summary>The documents are read of the page alone.</summary>
    private string Ranked => $"""
        SELECT {MonitorStore.Columns}, ranked.open_incidents FROM (
            SELECT * FROM (
                SELECT name, CASE WHEN {IsIll} THEN 0 ELSE 1 END AS place,
                    (SELECT COUNT(*) FROM incidents i WHERE i.monitor = m.name AND i.closed_at IS NULL) AS open_incidents
                FROM monitors m WHERE {Condition}
            ) AS known ORDER BY place, open_incidents DESC, name LIMIT @Limit OFFSET @Skip
        ) AS ranked JOIN monitors m ON m.name = ranked.name ORDER BY place, open_incidents DESC, m.name
        """;
}
