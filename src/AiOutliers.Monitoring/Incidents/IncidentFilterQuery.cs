using System.Text;
using AiOutliers.Monitoring.Storage;

namespace AiOutliers.Monitoring.Incidents;

/// <summary>Which incidents a page shows; what is null does not count. Times are milliseconds since 1970.</summary>
public sealed record IncidentFilterQuery
{
    public const int MostRows = 500;

    private const int MostLetters = 40;

    /// <summary>As a state: those that are open or acknowledged.</summary>
    public const string NotClosed = "not-closed";

    public string? Monitor { get; init => field = SqlText.Storable(value); }

    public string? State { get; init; }

    public double? Severity { get; init; }

    /// <summary>Incidents that end after this time.</summary>
    public long? From { get; init; }

    /// <summary>Incidents that begin before this time.</summary>
    public long? To { get; init; }

    /// <summary>A part of the entity, the metric or the reason.</summary>
    public string? Text { get; init => field = SqlText.Storable(value); }

    /// <summary>The last incident of the page before: its begin and its id.</summary>
    public long? AfterStart { get; init; }

    public string? AfterId { get; init => field = SqlText.Storable(value); }

    public int Limit { get; init; } = 50;

    /// <summary>The statement.</summary>
    /// <param name="rows">Selects incidents by one condition; those of the filter follow.</param>
    internal string Sql(string rows)
    {
        var sql = new StringBuilder(rows);
        Add(sql, Monitor, " AND monitor = @Monitor");
        // Closed or not is what the indexes know.
        Add(sql, State, State == IncidentStates.Closed ? " AND closed_at IS NOT NULL" : " AND closed_at IS NULL");
        Add(sql, State == IncidentStates.Acknowledged || State == IncidentStates.Open ? State : null, " AND state = @State");
        Add(sql, Severity, " AND severity >= @Severity");
        // No incident lasts longer than the longest: an index then says how far back to look.
        Add(sql, From, " AND ended_at > @From "
            + "AND started_at > @From - (SELECT COALESCE(MAX(ended_at - started_at), 0) FROM incidents)");
        Add(sql, To, " AND started_at < @To");
        Add(sql, AfterId, " AND (started_at, id) < (@AfterStart, @AfterId)");
        return sql.Append(" ORDER BY started_at DESC, id DESC LIMIT @Limit").ToString();
    }

    /// <summary>Each three letters of the text, the first of them, as SQLite's index takes them; none where it is shorter.</summary>
    internal IReadOnlyList<string> Letters
    {
        get
        {
            var runes = (Text ?? "").EnumerateRunes().Take(MostLetters).ToList();
            var places = Enumerable.Range(0, Math.Max(0, runes.Count - 2));
            return [.. places.Select(at => Quoted(string.Concat(runes.Skip(at).Take(3)))).Distinct()];
        }
    }

    internal static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"")}\"";

    /// <summary>The text as a pattern of LIKE.</summary>
    public string Pattern => SqlText.Having(Text);

    /// <summary>A pattern of the word that fewest have, as far as one can tell by the look of it: with a digit, else the longest.</summary>
    public string RarePattern
    {
        get
        {
            var words = (Text ?? "").Split(' ');
            var at = Enumerable.Range(0, words.Length).MaxBy(one => (words[one].Any(char.IsAsciiDigit), words[one].Length));
            return SqlText.Having($"{(at > 0 ? " " : "")}{words[at]}{(at < words.Length - 1 ? " " : "")}");
        }
    }

    private static void Add(StringBuilder sql, object? value, string condition)
    {
        if (value is not null)
            sql.Append(condition);
    }
}
