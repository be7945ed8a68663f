using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>The answer to a query of many series, with rows from before it.</summary>
/// <param name="Series">All rows.</param>
/// <param name="Coverage">What is known of their buckets.</param>
/// <param name="AskedFrom">Rows before this time are history, in milliseconds since 1970; null when there are none.</param>
/// <param name="Warning">What went otherwise than wanted; null when nothing did.</param>
public sealed record FetchedSeries(SeriesSet Series, Coverage Coverage, long? AskedFrom, string? Warning)
{
    /// <summary>What was asked; null for rows at hand.</summary>
    public DruidQuery? Query { get; init; }

    /// <summary>The buckets in which nothing happened, as a timeseries would have them; null where they stay missing.</summary>
    public MetricTable? Empty { get; init; }

    /// <summary>Whether history came from memory.</summary>
    public bool IsCached { get; init; }

    /// <summary>The series that are judged, in this order; null: all of them, as they came.</summary>
    public IReadOnlyList<int>? Order { get; init; }

    /// <summary>What else the user should know: what was left out, cut or shortened.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>All that the user should know of the answer as a whole.</summary>
    public IEnumerable<string> Warnings => Series.Warnings.Concat(Warning is null ? [] : [Warning]).Concat(Notes);

    /// <summary>How many series are judged.</summary>
    public int Count => Order?.Count ?? Series.Count;

    /// <summary>What a caller calls the question where there is no query: a part of the incidents' ids.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The rows of one series, the history first.</summary>
    internal FetchedRows Rows(int series)
    {
        var table = Series.Table(series);
        if (Empty is not null)
            table = table.Fill(Empty);
        var first = AskedFrom is { } from ? table.RowFrom(from) : 0;
        return HistoryCut.Of(table, first, table.Rows - first, Coverage, IsCached);
    }

    /// <summary>The same for the same series, however it is asked for.</summary>
    internal string IdentityOf(SeriesKey key) => Query is null ? Origin + Identity.With(key) : Identity.With(key);

    private QueryIdentity Identity => field ??= QueryIdentity.Of(Query);
}
