using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>What a query says of its buckets: how wide they are, and where its interval cuts the first and the last.</summary>
public static class QueryBuckets
{
    /// <summary>
    /// The query's granularity and interval; what it does not say, or says in a way that is not known here, is left open.
    /// </summary>
    public static Coverage CoverageOf(DruidQuery query)
    {
        try
        {
            var intervals = QueryIntervals.Parse(query.Intervals);
            return new(Width(query.Granularity) is { Months: 0 } width ? width.Milliseconds : 0, intervals[0].Start, intervals[^1].End);
        }
        catch (AiOutliersException)
        {
            // Druid has answered, so it knows more forms than this project does.
            return new();
        }
    }

    /// <summary>The width of a simple name, a period as text, or an object of type period or duration; null for anything else.</summary>
    /// <exception cref="AiOutliersException">It is a text that is neither a simple name nor a period.</exception>
    internal static Granularity? Width(GranularitySpec? granularity)
    {
        if ((granularity?.Text ?? granularity?.Field("period")) is { } text)
            return Granularity.Parse(text);
        return granularity is not null && granularity.TryField("duration", out var duration) && duration.ValueKind == JsonValueKind.Number
            && duration.TryGetInt64(out var milliseconds) && milliseconds > 0
            ? new Granularity(0, milliseconds)
            : null;
    }
}
