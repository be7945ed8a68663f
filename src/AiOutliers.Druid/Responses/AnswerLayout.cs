using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Responses;

/// <summary>What is known of an answer's rows before they are read.</summary>
public sealed record AnswerLayout
{
    /// <summary>Nothing is known: a text is a dimension, a number is a metric.</summary>
    public static readonly AnswerLayout ByContent = new();

    /// <summary>The dimensions; any other field is a metric. Null lets the content decide.</summary>
    public IReadOnlyList<string>? Dimensions { get; init; }

    /// <summary>Whether a text that is not one of the dimensions is an error; else it is left out with a warning.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The names of the values where rows come as arrays.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Starts of buckets within these intervals, in milliseconds since 1970, have missing values.</summary>
    public IReadOnlyList<(long From, long Until)> Missing { get; init; } = [];

    /// <summary>More series are not read.</summary>
    public int MostSeries { get; init; } = int.MaxValue;

    /// <summary>Whose clock times without an offset are of; null: UTC.</summary>
    public LocalTimes? Clock { get; init; }

    /// <summary>The layout of the answer to a query.</summary>
    public static AnswerLayout Of(DruidQuery query)
    {
        string[] dimensions = query.QueryType switch
        {
            "topN" => [.. Name(query.Dimension)],
            "groupBy" => [.. (query.Dimensions ?? []).SelectMany(Name)],
            _ => [],
        };
        var results = (query.Aggregations ?? []).Select(static aggregation => aggregation.OutputName)
            .Concat((query.PostAggregations ?? []).Select(static post => post.Name)).OfType<string>();
        string[] time = query.Granularity?.Text is "all" or "ALL" ? [] : ["timestamp"];
        return new() { Dimensions = dimensions, Columns = [.. time, .. dimensions, .. results] };
    }

    private static string[] Name(DimensionSpec? dimension) => dimension?.OutputName is { } name ? [name] : [];
}
