using System.Text.Json;
using AiOutliers.Detection.Attribution;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Building;

/// <summary>
/// Queries that compare a window of a series with earlier ones. Filter, virtual columns and context are the series'; every answer has the
/// sum over the window (<see cref="Actual"/>) and over the earlier ones together (<see cref="Reference"/>); of a ratio also the sums of its
/// denominator (<see cref="Per"/>, <see cref="ReferencePer"/>).
/// </summary>
/// <param name="query">The query that the series came from.</param>
/// <param name="measure">What is compared.</param>
/// <param name="window">The window.</param>
/// <param name="references">The earlier ones.</param>
public sealed class WindowQueries(DruidQuery query, SplitMeasure measure, TimeWindow window, IReadOnlyList<TimeWindow> references)
{
    public const string Actual = "window_actual";
    public const string Reference = "window_reference";
    public const string Per = "window_per";
    public const string ReferencePer = "window_reference_per";

    /// <summary>Of <see cref="Totals"/>: the rows of all windows in which there is something of the measure.</summary>
    public const string Events = "window_events";

    /// <summary>The same with the window's number: the sum, that of a ratio's denominator, and how many rows there are.</summary>
    public const string Total = "window_total_", TotalPer = "window_total_per_", Rows = "window_rows_";

    /// <summary>An operator waits for the answer; the cluster's own limit may be shorter.</summary>
    private const int TimeoutMilliseconds = 20_000;

    private static readonly string[] NotForThese =
        ["grandTotal", "skipEmptyBuckets", "queryId", "sqlQueryId", "bySegment", "sortByDimsFirst"];

    /// <summary>The query that the series came from.</summary>
    public DruidQuery Query => query;

    /// <summary>One row: sums and number of rows of the window, number 0, and of each earlier one.</summary>
    public DruidQuery Totals() => Base("timeseries", All, []) with
    {
        Aggregations = [.. All.SelectMany(TotalsOf), QueryParts.Within(measure.Events, Events, All)],
    };

    /// <summary>The values of a dimension with the largest sums.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="by"><see cref="Actual"/> or <see cref="Reference"/>.</param>
    /// <param name="most">How many.</param>
    /// <param name="where">Only rows of this element.</param>
    public DruidQuery Top(string dimension, string by, int most, IReadOnlyList<ElementPart> where) => Base("topN", All, where) with
    {
        Dimension = QueryParts.Column(dimension),
        Metric = QueryParts.Json(by),
        Threshold = most,
        Aggregations = Both,
    };

    /// <summary>
    /// The cells of some dimensions, in each of which all values but the listed ones are folded into one; without a list all stay.
    /// </summary>
    public DruidQuery Cells(IReadOnlyList<(string Dimension, IReadOnlyCollection<string?>? Values)> dimensions, int most)
    {
        var columns = dimensions.Select(static (own, at) => own.Values is null ? own.Dimension : $"window_cell_{at}").ToArray();
        var folded = columns.Zip(dimensions).Where(static own => own.Second.Values is not null)
            .Select(static own => FoldedColumn.Of(own.First, own.Second.Dimension, own.Second.Values!));
        var cells = Base("groupBy", All, []);
        return cells with
        {
            Dimensions = [.. columns.Select(QueryParts.Column)],
            VirtualColumns = [.. cells.VirtualColumns ?? [], .. folded],
            Aggregations = Both,
            LimitSpec = new() { Type = "default", Limit = most, Columns = [] },
            Context = new Dictionary<string, JsonElement>(cells.Context!) { ["resultAsArray"] = JsonElement.Parse("true"u8) },
        };
    }

    /// <summary>One row: in the window, how many values each dimension has.</summary>
    public DruidQuery Distinct(IReadOnlyList<string> dimensions, IReadOnlyList<ElementPart> where) =>
        Base("timeseries", [window], where) with { Aggregations = [.. dimensions.Select(Distinct)] };

    /// <summary>Whether there is anything to compare with.</summary>
    public bool HasReferences => references.Count > 0;

    private static AggregatorSpec Distinct(string name) =>
        new() { Type = "cardinality", Name = name, Fields = [QueryParts.Column(name)], ByRow = false, Round = true };

    private IReadOnlyList<TimeWindow> All => [window, .. references];

    /// <summary>The sums in the order in which rows of <see cref="Cells"/> have them.</summary>
    private IReadOnlyList<AggregatorSpec> Both =>
    [
        .. Of(measure.Aggregator, Actual, Reference),
        .. measure.Per is { } per ? Of(per, Per, ReferencePer) : [],
    ];

    private AggregatorSpec[] Of(AggregatorSpec aggregator, string actual, string reference) => references.Count == 0
        ? [QueryParts.Within(aggregator, actual, window)]
        : [QueryParts.Within(aggregator, actual, window), QueryParts.Within(aggregator, reference, [.. references])];

    private IEnumerable<AggregatorSpec> TotalsOf(TimeWindow own, int at)
    {
        yield return QueryParts.Within(measure.Aggregator, $"{Total}{at}", own);
        yield return QueryParts.Within(new() { Type = "count", Name = "rows" }, $"{Rows}{at}", own);
        if (measure.Per is { } per)
            yield return QueryParts.Within(per, $"{TotalPer}{at}", own);
    }

    private DruidQuery Base(string type, IReadOnlyList<TimeWindow> windows, IReadOnlyList<ElementPart> where) => new()
    {
        QueryType = type,
        DataSource = query.DataSource,
        Intervals = QueryParts.Intervals(windows),
        Granularity = GranularitySpec.Simple("all"),
        Filter = QueryParts.And(query.Filter, where),
        VirtualColumns = query.VirtualColumns,
        Context = new Dictionary<string, JsonElement>((query.Context ?? new Dictionary<string, JsonElement>())
            .Where(static entry => !NotForThese.Contains(entry.Key)))
        {
            ["timeout"] = QueryParts.Json(TimeoutMilliseconds),
        },
    };
}
