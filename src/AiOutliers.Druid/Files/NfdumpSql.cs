using System.Globalization;
using AiOutliers.Druid.Embedded;

namespace AiOutliers.Druid.Files;

/// <summary>The statement that sums the flows of a file of nfdump.</summary>
internal static class NfdumpSql
{
    /// <summary>Fewer digits are a number of the summary below.</summary>
    private const string MillisecondDigits = "{13}";

    public const string Json = "read_json($1, maximum_object_size = 16777216)";

    public const string Csv =
        "read_csv($1, delim = ',', header = true, all_varchar = true, null_padding = true, ignore_errors = true, strict_mode = false)";

    private static readonly string[] TimeNames = ["ts", "firstSeen", "first"];

    /// <summary>The lines below the flows are a summary: they have no time.</summary>
    public static string Of(string source, string[] names, IReadOnlyList<string> by)
    {
        var start = Column.Quote(TimeNames.FirstOrDefault(names.Contains, TimeNames[^1])) + "::VARCHAR";
        var keys = string.Concat(by.Select(static name => $"trim({Column.Quote(name)}::VARCHAR), "));
        var groups = string.Join(", ", Enumerable.Range(1, by.Count + 1));
        return string.Create(CultureInfo.InvariantCulture, $"""
            SELECT start // {NfdumpCsv.Bucket} * {NfdumpCsv.Bucket}, {keys}
              sum({Sum(names, "ibyt", "obyt", "bytes", "in_bytes", "out_bytes")})::DOUBLE,
              sum({Sum(names, "ipkt", "opkt", "packets", "in_packets", "out_packets")})::DOUBLE,
              sum({(names.Contains("flows") || names.Contains("aggr_flows") ? Sum(names, "flows", "aggr_flows") : "1")})::DOUBLE
            FROM (SELECT *, CASE WHEN regexp_full_match({start}, '\d{MillisecondDigits}') THEN {start}::BIGINT
              ELSE epoch_ms(TRY_CAST({start} AS TIMESTAMP)) END AS start FROM {source})
            WHERE start IS NOT NULL GROUP BY {groups} ORDER BY 1
            """);
    }

    private static string Sum(string[] names, params ReadOnlySpan<string> columns)
    {
        var terms = new List<string>();
        foreach (var column in columns)
        {
            if (names.Contains(column))
                terms.Add($"coalesce(TRY_CAST({Column.Quote(column)} AS DOUBLE), 0)");
        }
        return terms.Count == 0 ? "0" : string.Join(" + ", terms);
    }
}
