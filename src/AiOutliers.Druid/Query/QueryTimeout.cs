using System.Globalization;
using System.Text.Json;

namespace AiOutliers.Druid.Query;

/// <summary>How long a query may take: <c>context.timeout</c>, milliseconds.</summary>
internal static class QueryTimeout
{
    /// <summary>Druid's own default for a query is 300 s; nobody who waits for an answer over HTTP waits that long.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(60);

    /// <summary>The most that a query may ask for, unless the configuration allows less.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="query">The query.</param>
    /// <param name="longest">The most that it may ask for.</param>
    public static TimeSpan Of(DruidQuery query, TimeSpan longest)
    {
        var asked = Of(query);
        return asked < longest ? asked : longest;
    }

    public static TimeSpan Of(DruidQuery query)
    {
        if (query.Context is null || !query.Context.TryGetValue("timeout", out var value))
            return Default;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        // 0 means no limit in Druid. What is not a number the broker refuses in its own words.
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds);
        return isNumber && milliseconds > 0 && milliseconds < Longest.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : milliseconds >= Longest.TotalMilliseconds || milliseconds == 0 ? Longest : Default;
    }
}
