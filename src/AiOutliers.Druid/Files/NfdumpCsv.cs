using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Files;

/// <summary>
/// Reads what <c>nfdump -o csv</c> and <c>-o json</c> write, a flow in each row: the flows that began in the same five minutes, which is
/// how often nfcapd changes its file, are one row with their bytes, packets and number. Five minutes without flows have zeros.
/// </summary>
internal static class NfdumpCsv
{
    public const long Bucket = 300_000;

    /// <summary>Ten years of zeros are a wrong clock.</summary>
    private const long MostBuckets = 1_051_200;

    private static readonly string[] Metrics = ["bytes", "packets", "flows"];

    /// <param name="file">The file.</param>
    /// <param name="isJson">Whether it is written in JSON.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">What the content does not tell.</param>
    public static SeriesSet Read(FileDatabase file, bool isJson, string name, InputOptions options)
    {
        var source = isJson ? NfdumpSql.Json : NfdumpSql.Csv;
        string[] names = [.. file.Columns(source).Select(static column => column.Name)];
        var by = options.By ?? [];
        if (by.FirstOrDefault(dimension => !names.Contains(dimension)) is { } unknown)
        {
            throw TableFileReader.Wrong(
                $"{name} has no column {unknown}; it has: {string.Join(", ", names)}." + Similar.Hint(unknown, names));
        }
        var builder = new SeriesSetBuilder();
        var buckets = ReadRows(file, NfdumpSql.Of(source, names, by), builder, by, options.Clock());
        if (builder.Rows == 0)
            throw new AiOutliersException(ErrorKind.NothingToJudge, $"{name} has the header of nfdump and no flow with a time below it");
        var zone = options.Zone is null ? "for UTC; --time-zone names another zone" : $"for that of {options.Zone.Id}";
        builder.Warn($"Flows are summed in buckets of five minutes by the time of their start, which is taken {zone}.");
        if (options.Zone is { SupportsDaylightSavingTime: true } twice)
            builder.Warn($"Hours that the clock of {twice.Id} shows twice are left out: their flows cannot be told apart.");
        return builder.Build().FilledWith(Zeros(buckets, options.Clock()));
    }

    /// <returns>The buckets that have flows.</returns>
    private static List<long> ReadRows(
        FileDatabase file, string sql, SeriesSetBuilder builder, IReadOnlyList<string> by, LocalTimes? clock)
    {
        int[] dimensions = [.. by.Select(builder.DimensionOf)];
        int[] metrics = [.. Metrics.Select(builder.ColumnOf)];
        var buckets = new List<long>();
        file.Read(sql, row =>
        {
            var time = clock?.ToInstant(row.GetInt64(0)) ?? row.GetInt64(0);
            if (clock?.IsRepeated(time) == true)
                return;
            for (var i = 0; i < dimensions.Length; i++)
            {
                if (!row.IsDBNull(1 + i))
                    builder.SetKey(dimensions[i], Encoding.UTF8.GetBytes(row.GetString(1 + i)));
            }
            for (var i = 0; i < metrics.Length; i++)
                builder.Set(metrics[i], row.GetDouble(1 + dimensions.Length + i));
            builder.AddRow(time, timestamp: null);
            if (buckets.Count == 0 || buckets[^1] != time)
                buckets.Add(time);
        });
        return buckets;
    }

    /// <summary>Five minutes without flows.</summary>
    private static MetricTable Zeros(List<long> buckets, LocalTimes? clock)
    {
        var zeros = new MetricTableBuilder();
        int[] metrics = [.. Metrics.Select(zeros.ColumnOf)];
        for (var at = 0; at < buckets.Count; at++)
        {
            var next = at + 1 < buckets.Count ? buckets[at + 1] : buckets[at] + 1;
            var until = (next - buckets[at]) / Bucket < MostBuckets ? next : buckets[at] + 1;
            for (var time = buckets[at]; time < until; time += Bucket)
            {
                if (clock?.IsRepeated(time) == true)
                    continue;
                zeros.AddRow(time, timestamp: null);
                Array.ForEach(metrics, metric => zeros.Set(metric, 0));
            }
        }
        return zeros.Build();
    }
}
