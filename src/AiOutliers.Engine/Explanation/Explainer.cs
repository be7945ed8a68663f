using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Engine.Explanation;

/// <summary>
/// Finds which values of which dimensions carry the deviation of a window, with a few bounded queries: totals, the largest values of each
/// dimension, the cells of the most promising ones, and details of the elements found.
/// </summary>
/// <param name="traffic">Names the dimensions, and where flows are kept with their addresses.</param>
/// <param name="source">Is asked.</param>
/// <param name="clock">The time.</param>
/// <param name="zone">Whose clock earlier weeks keep to where neither question nor query says it; null: UTC.</param>
public sealed class Explainer(TrafficSchema traffic, IDruidSource source, TimeProvider clock, TimeZoneInfo? zone = null)
{
    public const int MostDimensions = 12;

    private readonly DataBegins _begins = new(source, clock);

    /// <exception cref="AiOutliersException">The question is wrong, or a query failed.</exception>
    public async Task<ExplanationReport> ExplainAsync(ExplanationRequest request, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var dimensions = Checked(request);
        var measure = SplitMeasure.Of(request.Query, request.Metric);
        var query = SourceOf(KeyedQuery.OfKey(request.Query, request.Key));
        var begin = await _begins.OfAsync(query.DataSource, cancellation);
        var references = ReferenceWindows.Of(request.Window, begin, request.TimeZone ?? ZoneOf(query));
        var counted = new CountedSource(source, cancellation);
        var totals = await WindowTotals.AskAsync(counted, query, measure, request.Window, references);
        var run = new ExplanationRun(request, traffic, counted, totals);
        var report = await run.ExplainAsync(dimensions);
        return report with { Queries = counted.Queries, Elapsed = clock.GetElapsedTime(started) };
    }

    private IReadOnlyList<string> Checked(ExplanationRequest request)
    {
        var dimensions = request.Dimensions.Count > 0 ? request.Dimensions : traffic.ExplainDimensions;
        if (request.Window.Length <= 0)
            throw Wrong("the window ends before it begins");
        if (dimensions.Count > MostDimensions)
            throw Wrong($"there are {dimensions.Count} dimensions; take at most {MostDimensions}");
        if (dimensions.Any(static name => name is "" or "__time"))
            throw Wrong("a dimension needs a name, and cannot be the time");
        return [.. dimensions.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Where the flows are kept with their addresses, if that is another place.</summary>
    private DruidQuery SourceOf(DruidQuery query) =>
        traffic.ExplainDataSource is { } name && query.DataSource?.TableName == traffic.DataSource
            ? query with { DataSource = DataSourceSpec.Table(name) }
            : query;

    private TimeZoneInfo ZoneOf(DruidQuery query) =>
        query.Granularity?.Field("timeZone") is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var own)
            ? own
            : zone ?? TimeZoneInfo.Utc;

    private static AiOutliersException Wrong(string message) => new(ErrorKind.BadInput, message);
}
