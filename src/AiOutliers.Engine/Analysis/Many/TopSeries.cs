using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis.Many;

/// <summary>The series of a groupBy that have the most of its first metric in the asked time.</summary>
/// <param name="Keys">Their keys.</param>
/// <param name="IsCut">Whether there are more series.</param>
/// <param name="Metric">What they were ordered by.</param>
internal sealed record TopSeries(HashSet<SeriesKey> Keys, bool IsCut, string Metric)
{
    /// <summary>A longer filter is not sent, and the rows of the others are dropped here.</summary>
    private const int LongestFilter = 4 << 20;

    /// <summary>Each is a condition of its own, which the data source has to plan.</summary>
    private const int MostCombinations = 300;

    /// <param name="source">Asked for one row a series.</param>
    /// <param name="query">The groupBy.</param>
    /// <param name="most">How many series are wanted.</param>
    /// <param name="by">What they are ordered by; null takes the query's first result.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">The query was refused or failed.</exception>
    public static async Task<TopSeries> FindAsync(
        IDruidSource source, DruidQuery query, int most, string? by, CancellationToken cancellation)
    {
        var metric = by ?? query.Aggregations?.FirstOrDefault()?.OutputName ?? query.PostAggregations?.FirstOrDefault()?.Name
            ?? throw new AiOutliersException(ErrorKind.BadInput, "the query lacks an aggregation, which would be the metric to judge");
        var totals = query with
        {
            Granularity = GranularitySpec.Simple("all"),
            Having = null,
            LimitSpec = new() { Type = "default", Limit = most + 1, Columns = [Descending(metric)] },
        };
        using var answer = JsonDocument.Parse(await source.AnswerAsync(totals.ToUtf8Json(), cancellation));
        string[] dimensions = [.. (query.Dimensions ?? []).Select(static dimension => dimension.OutputName).OfType<string>()];
        var keys = answer.RootElement.EnumerateArray().Select(row => KeyOf(row.GetProperty("event"), dimensions)).ToArray();
        return new([.. keys.Take(most)], keys.Length > most, metric);
    }

    /// <summary>The query for these series only, where a filter can say it.</summary>
    public DruidQuery Limit(DruidQuery query)
    {
        if (!IsCut || query.Dimensions?.All(static dimension => dimension.Text is not null) != true)
            return query;
        string[] names = [.. query.Dimensions.Select(static dimension => dimension.Text!)];
        IEnumerable<FilterSpec> filters = names is [_] || Keys.Count > MostCombinations
            ? names.Select(AnyOf)
            : [new() { Type = "or", Fields = [.. Keys.Select(key => Only(key, names))] }];
        if (query.Filter is { } own)
            filters = filters.Prepend(own);
        var limited = query with { Filter = new() { Type = "and", Fields = [.. filters] } };
        return limited.ToUtf8Json().Length <= LongestFilter ? limited : query;
    }

    /// <summary>
    /// A list of values is short. Of several dimensions, their lists let some others through, too, which are dropped here.
    /// </summary>
    private FilterSpec AnyOf(string name) => new()
    {
        Type = "in",
        Dimension = name,
        Values = [.. Keys.Select(key => key.ValueOf(name)).Distinct(StringComparer.Ordinal).Select(JsonOf)],
    };

    private static FilterSpec Only(SeriesKey key, string[] names) => new()
    {
        Type = "and",
        Fields = [.. names.Select(name => new FilterSpec { Type = "selector", Dimension = name, Value = JsonOf(key.ValueOf(name)) })],
    };

    private static JsonElement JsonOf(string? value) => JsonSerializer.SerializeToElement(value);

    private static SeriesKey KeyOf(JsonElement row, string[] dimensions)
    {
        var parts = new List<KeyValuePair<string, string>>();
        foreach (var name in dimensions)
        {
            if (row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
                parts.Add(new(name, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));
        }
        return parts.Count == 0 ? SeriesKey.None : new(parts);
    }

    private static OrderColumnSpec Descending(string metric) => OrderColumnSpec.From(JsonSerializer.SerializeToElement(
        new Dictionary<string, string> { ["dimension"] = metric, ["direction"] = "descending", ["dimensionOrder"] = "numeric" }));
}
