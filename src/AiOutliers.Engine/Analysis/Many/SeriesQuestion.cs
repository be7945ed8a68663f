using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Engine.Analysis.Many;

/// <summary>A query whose answer has many series, and what of it is wanted.</summary>
/// <param name="Query">A groupBy or topN query.</param>
public sealed record SeriesQuestion(DruidQuery Query)
{
    /// <summary>The most series: those with the most of <see cref="TopBy"/> in the asked time; null: all.</summary>
    public int? Top { get; init; }

    /// <summary>A result of the query; null takes its first.</summary>
    public string? TopBy { get; init; }

    /// <summary>How far before the query's interval rows are looked at, too; null takes the configured span.</summary>
    public HistorySpan? History { get; init; }

    /// <summary>Whether nothing may come from memory.</summary>
    public bool Anew { get; init; }
}
