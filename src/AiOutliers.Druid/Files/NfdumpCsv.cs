using System.Globalization;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Responses;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Reads what <c>nfdump -o csv</c> writes, a flow in each line: the flows that began in the same five minutes, which is how often
/// nfcapd changes its file, are one row with their bytes, packets and number. Five minutes without flows have zeros.
/// </summary>
internal static class NfdumpCsv
{
    private const long Bucket = 300_000;

    /// <summary>Ten years of zeros are a wrong clock.</summary>
    private const long MostBuckets = 1_051_200;

    /// <summary>Fewer digits are a number of the summary below.</summary>
    private const string MillisecondDigits = "{13}";

    private const string Source =
        "read_csv($1, delim = ',', header = true, all_varchar = true, null_padding = true, ignore_errors = true, strict_mode = false)";

    private static readonly string[] Metrics = ["bytes", "packets", "flows"];

    public static SeriesSet Read(DuckDBConnection connection, string path, string name, InputOptions options)
    {
        var names = Names(connection, path);
        var by = options.By ?? [];
        if (by.FirstOrDefault(dimension => !names.Contains(dimension)) is { } unknown)
        {
            throw TableFileReader.Wrong(
                $"{name} has no column {unknown}; it has: {string.Join(", ", names)}." + Similar.Hint(unknown, names));
        }
        var builder = new SeriesSetBuilder();
        using var command = connection.CreateCommand();
        command.CommandText = Selection(names, by);
        command.Parameters.Add(new DuckDBParameter(path));
        using var rows = command.ExecuteReader();
        var clock = options.Clock();
        ReadRows(rows, builder, by, clock);
        if (builder.Rows == 0)
            throw TableFileReader.Wrong($"{name} has the header of nfdump and no flow with a time below it");
        var zone = options.Zone is null ? "for UTC; --time-zone names another zone" : $"for that of {options.Zone.Id}";
        builder.Warn($"Flows are summed in buckets of five minutes by the time of their start, which is taken {zone}.");
        if (options.Zone is { SupportsDaylightSavingTime: true } twice)
            builder.Warn($"Hours that the clock of {twice.Id} shows twice are left out: their flows cannot be told apart.");
        return builder.Build();
    }

    private static void ReadRows(DuckDBDataReader rows, SeriesSetBuilder builder, IReadOnlyList<string> by, LocalTimes? clock)
    {
        int[] dimensions = [.. by.Select(builder.DimensionOf)];
        int[] metrics = [.. Metrics.Select(builder.ColumnOf)];
        long? last = null;
        while (rows.Read())
        {
            var time = clock?.ToInstant(rows.GetInt64(0)) ?? rows.GetInt64(0);
            if (clock?.IsRepeated(time) == true)
                continue;
            if (by.Count == 0 && last is { } before && (time - before) / Bucket < MostBuckets)
                AddZeros(builder, metrics, before + Bucket, time, clock);
            for (var i = 0; i < dimensions.Length; i++)
            {
                if (!rows.IsDBNull(1 + i))
                    builder.SetKey(dimensions[i], Encoding.UTF8.GetBytes(rows.GetString(1 + i)));
            }
            for (var i = 0; i < metrics.Length; i++)
                builder.Set(metrics[i], rows.GetDouble(1 + dimensions.Length + i));
            builder.AddRow(time, timestamp: null);
            last = time;
        }
    }

    private static void AddZeros(SeriesSetBuilder builder, int[] metrics, long from, long until, LocalTimes? clock)
    {
        for (var time = from; time < until; time += Bucket)
        {
            if (clock?.IsRepeated(time) == true)
                continue;
            foreach (var metric in metrics)
                builder.Set(metric, 0);
            builder.AddRow(time, timestamp: null);
        }
    }

    /// <summary>The lines below the flows are a summary: they have no time.</summary>
    private static string Selection(List<string> names, IReadOnlyList<string> by)
    {
        var start = Column.Quote(names.Contains("ts") ? "ts" : "firstSeen");
        var keys = string.Concat(by.Select(static name => $"trim({Column.Quote(name)}), "));
        var groups = string.Join(", ", Enumerable.Range(1, by.Count + 1));
        return string.Create(CultureInfo.InvariantCulture, $"""
            SELECT start // {Bucket} * {Bucket}, {keys}sum({Sum(names, "ibyt", "obyt", "bytes")})::DOUBLE,
              sum({Sum(names, "ipkt", "opkt", "packets")})::DOUBLE, count(*)::DOUBLE
            FROM (SELECT *, CASE WHEN regexp_full_match({start}, '\d{MillisecondDigits}') THEN {start}::BIGINT
              ELSE epoch_ms(TRY_CAST({start} AS TIMESTAMP)) END AS start FROM {Source})
            WHERE start IS NOT NULL GROUP BY {groups} ORDER BY 1
            """);
    }

    private static string Sum(List<string> names, params ReadOnlySpan<string> columns)
    {
        var terms = new List<string>();
        foreach (var column in columns)
        {
            if (names.Contains(column))
                terms.Add($"coalesce(TRY_CAST({Column.Quote(column)} AS DOUBLE), 0)");
        }
        return terms.Count == 0 ? "0" : string.Join(" + ", terms);
    }

    private static List<string> Names(DuckDBConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"DESCRIBE SELECT * FROM {Source}";
        command.Parameters.Add(new DuckDBParameter(path));
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
            names.Add(rows.GetString(0));
        return names;
    }
}
