using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Embedded;

/// <summary>
/// Answers Druid's native queries over local files as a Druid that has ingested them. The data source NAME is the file
/// <c>NAME.parquet</c>, <c>NAME.csv</c> or <c>NAME.json</c>, the last two also as <c>.gz</c>. The engine is for
/// newcomers and tests. What it does not know is an error that names it.
/// </summary>
public sealed class EmbeddedEngine : IDruidSource, IDruidCatalog, IDisposable
{
    /// <summary>The database plans a statement before its time limit counts: what a query can make it plan has to be small.</summary>
    private const int LargestQuery = 64 * 1024;

    /// <summary>With the values of its lists, which are not planned.</summary>
    private const int LargestText = 8 << 20;

    /// <summary>A query takes a thread for as long as it runs; those that wait take none, so that other requests find one.</summary>
    private readonly EmbeddedOptions _options;

    private readonly DataFolder _folder;
    private readonly TimeProvider _time;

    /// <param name="folder">Where the files are.</param>
    /// <param name="time">The clock of time limits; null takes the system's.</param>
    /// <param name="options">Bounds; null takes the defaults.</param>
    /// <exception cref="AiOutliersException">The folder does not exist.</exception>
    public EmbeddedEngine(string folder, TimeProvider? time = null, EmbeddedOptions? options = null)
    {
        _options = options ?? new();
        (_folder, _time) = (new DataFolder(folder, _options), time ?? TimeProvider.System);
    }

    public Task<MetricTable> QueryAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        InTurnAsync(() => Table(Parse(query.Span), cancellation), cancellation);

    public Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        SeriesAsync(query, int.MaxValue, cancellation);

    public Task<SeriesSet> SeriesAsync(ReadOnlyMemory<byte> query, int most, CancellationToken cancellation = default) =>
        InTurnAsync(() => Series(Parse(query.Span), most, cancellation), cancellation);

    /// <summary>The answer as Druid's broker gives it: JSON in UTF-8.</summary>
    /// <exception cref="AiOutliersException">The query is wrong, or uses what the engine does not know.</exception>
    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> query, CancellationToken cancellation = default) =>
        InTurnAsync(() => Answer(Parse(query.Span), cancellation), cancellation);

    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation = default) => InTurnAsync(_folder.Names, cancellation);

    /// <summary>Only files up to the end of the page are looked into.</summary>
    public Task<IReadOnlyList<string>> PageAsync(NamePage page, CancellationToken cancellation = default) =>
        InTurnAsync(() => _folder.Names(page), cancellation);

    /// <summary>Texts are dimensions and numbers are metrics, unless the file has a schema beside it.</summary>
    public Task<SourceColumns?> ColumnsAsync(string name, CancellationToken cancellation = default) =>
        InTurnAsync(() => _folder.Find(DataSourceSpec.Table(name)).Describe(), cancellation);

    public void Dispose() => _folder.Dispose();

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        using var turn = await _options.Queries.EnterAsync(null, cancellation);
        return await Task.Run(work, cancellation);
    }

    private static DruidQuery Parse(ReadOnlySpan<byte> query)
    {
        if (query.Length > LargestText)
            throw Unsupported.Feature($"a query of more than {LargestText >> 20} MB");
        var parsed = DruidQuery.Parse(query);
        return query.Length <= LargestQuery || ValueLists.Without(parsed).ToUtf8Json().Length <= LargestQuery
            ? parsed
            : throw Unsupported.Feature($"a query of more than {LargestQuery / 1024} kB beside its lists of values");
    }

    private MetricTable Table(DruidQuery query, CancellationToken cancellation)
    {
        if (query.QueryType != "timeseries")
            throw Unsupported.Wrong($"it is of type '{query.QueryType}'; a series comes from a timeseries query");
        using var runner = Runner(query, cancellation);
        var source = _folder.Find(query.DataSource);
        var aggregated = new AggregatedQuery(query, source, forColumns: TimeseriesTable.Takes(query));
        var table = aggregated.Arithmetic is not null
            ? TimeseriesTable.Run(query, aggregated, runner)
            : TimeseriesQuery.Table(query, aggregated, runner, cancellation);
        return table.WithWarnings(source.Warnings);
    }

    private SeriesSet Series(DruidQuery query, int most, CancellationToken cancellation)
    {
        if (query.QueryType == "timeseries")
            return SeriesSet.Of(Table(query, cancellation));
        if (query.QueryType is not ("groupBy" or "topN"))
            throw Unsupported.Wrong($"it is of type '{query.QueryType}'; series come from a timeseries, groupBy or topN query");
        using var runner = Runner(query, cancellation);
        var source = _folder.Find(query.DataSource);
        SeriesEstimate.Check(query, source, runner, most);
        return KeyedRows.Run(query, new AggregatedQuery(query, source), runner, most).WithWarnings(source.Warnings);
    }

    private byte[] Answer(DruidQuery query, CancellationToken cancellation)
    {
        if (query.ContextFlag("bySegment"))
            throw Unsupported.Feature("bySegment");
        if (query.QueryType is not ("timeseries" or "topN" or "groupBy" or "timeBoundary"))
            throw Unsupported.Feature($"a query of type '{query.QueryType}'");
        using var runner = Runner(query, cancellation);
        var source = _folder.Find(query.DataSource);
        if (query.QueryType == "timeBoundary")
            return AnswerJson.TimeBoundary(TimeBoundaryQuery.Run(query, source, runner), query.Bound);
        var aggregated = new AggregatedQuery(query, source);
        return query.QueryType switch
        {
            "timeseries" => AnswerJson.Timeseries(aggregated, TimeseriesQuery.Run(query, aggregated, runner)),
            "topN" => AnswerJson.TopN(aggregated, TopNQuery.Run(query, aggregated, runner)),
            _ => AnswerJson.GroupBy(aggregated, GroupByQuery.Run(query, aggregated, runner), query.ContextFlag("resultAsArray")),
        };
    }

    private SqlRunner Runner(DruidQuery query, CancellationToken cancellation) =>
        new(_folder.Connect(), QueryTimeout.Of(query, _options.LongestQuery), _time, cancellation);
}
