using System.Text.Json;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Client;

/// <summary>A query as it is sent to a broker.</summary>
internal static class BrokerWords
{
    private const string UncoveredIntervalsLimit = "uncoveredIntervalsLimit";

    /// <summary>Of more gaps the broker tells the first ones; each takes 60 bytes of a header, and proxies take 4 or 8 kB of it.</summary>
    private const int MostUncovered = 40;

    private static readonly JsonElement Limit = JsonSerializer.SerializeToElement(MostUncovered);

    public static DruidQuery Of(DruidQuery query) => TellingGaps(WithPeriodObject(query));

    /// <summary>Clients write the granularity as a bare period, "pt5m", which Druid takes only as an object.</summary>
    private static DruidQuery WithPeriodObject(DruidQuery query) =>
        query.Granularity?.Text is ['p' or 'P', ..] text && Granularity.PeriodOf(text) is { } period
            ? query with { Granularity = GranularitySpec.Period(period) }
            : query;

    /// <summary>Only when asked does a broker say which intervals it has no segments for. What a query says itself stays.</summary>
    private static DruidQuery TellingGaps(DruidQuery query) => query.Context?.ContainsKey(UncoveredIntervalsLimit) == true
        ? query
        : query with { Context = new Dictionary<string, JsonElement>(query.Context ?? Nothing) { [UncoveredIntervalsLimit] = Limit } };

    private static readonly IReadOnlyDictionary<string, JsonElement> Nothing = new Dictionary<string, JsonElement>();
}
