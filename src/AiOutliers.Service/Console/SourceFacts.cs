using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;
using AiOutliers.Service.Hosting;

namespace AiOutliers.Service.Console;

/// <summary>What the data source says of itself: where its rows begin and end, and which values a dimension has.</summary>
internal sealed class SourceFacts(IDruidSource? source, SourceHealth health, TimeProvider time)
{
    private static readonly Task<IReadOnlyList<string>> None = Task.FromResult<IReadOnlyList<string>>([]);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>So many values are offered to choose from.</summary>
    public const int MostValues = 200;

    private readonly Remembered<(long First, long Last)?> _bounds = new(Longest, 100, time);
    private readonly Remembered<IReadOnlyList<string>> _values = new(10 * Longest, 100, time);
    private readonly Remembered<SourceColumns?> _columns = new(10 * Longest, 100, time);

    public IDruidSource Source => source ?? throw Missing();

    public bool IsConfigured => source is not null;

    /// <summary>The names of all data sources.</summary>
    /// <exception cref="AiOutliersException">The data source failed.</exception>
    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation) =>
        _values.GetAsync("", stop => Source is IDruidCatalog catalog ? catalog.NamesAsync(stop) : None, cancellation);

    /// <summary>The dimensions of a data source; none where there is no such data source.</summary>
    /// <exception cref="AiOutliersException">The data source failed.</exception>
    public async Task<IReadOnlyList<string>> DimensionsAsync(string dataSource, CancellationToken cancellation) =>
        Source is IDruidCatalog catalog
        && await _columns.GetAsync(dataSource, stop => catalog.ColumnsAsync(dataSource, stop), cancellation) is { } columns
            ? columns.Dimensions
            : [];

    /// <summary>The times of the first and the last row; null where there are none.</summary>
    /// <exception cref="AiOutliersException">The data source failed.</exception>
    public Task<(long First, long Last)?> BoundsAsync(string dataSource, CancellationToken cancellation) => _bounds.GetAsync(
        dataSource,
        async stop =>
        {
            var query = new DruidQuery { QueryType = "timeBoundary", DataSource = DataSourceSpec.Table(dataSource) };
            using var answer = JsonDocument.Parse(await Source.AnswerAsync(query.ToUtf8Json(), stop));
            health.Succeeded();
            return answer.RootElement is { ValueKind: JsonValueKind.Array } rows && rows.GetArrayLength() > 0
                && TimeOf(rows[0], "minTime") is { } first && TimeOf(rows[0], "maxTime") is { } last ? (first, last) : null;
        },
        cancellation);

    /// <summary>The values of a dimension, those with the most rows first.</summary>
    /// <exception cref="AiOutliersException">The data source failed.</exception>
    public Task<IReadOnlyList<string>> ValuesAsync(string dataSource, string dimension, CancellationToken cancellation) => _values.GetAsync(
        dataSource + "\0" + dimension,
        async stop =>
        {
            if (await BoundsAsync(dataSource, stop) is not { } bounds)
                return [];
            var from = Math.Max(bounds.First, bounds.Last - (long)TimeSpan.FromDays(28).TotalMilliseconds);
            var query = new DruidQuery
            {
                QueryType = "topN",
                DataSource = DataSourceSpec.Table(dataSource),
                Intervals = IntervalsSpec.Of(Intervals.Text(from, bounds.Last + 1)),
                Granularity = GranularitySpec.Simple("all"),
                Dimension = DimensionSpec.From(JsonSerializer.SerializeToElement(dimension)),
                Metric = JsonSerializer.SerializeToElement("rows"),
                Threshold = MostValues,
                Aggregations = [new() { Type = "count", Name = "rows" }],
            };
            using var answer = JsonDocument.Parse(await Source.AnswerAsync(query.ToUtf8Json(), stop));
            return [.. answer.RootElement.EnumerateArray()
                .SelectMany(static row => row.GetProperty("result").EnumerateArray())
                .Select(value => value.TryGetProperty(dimension, out var text) ? text.GetString() : null)
                .Where(static value => !string.IsNullOrEmpty(value)).OfType<string>()];
        },
        cancellation);

    /// <summary>The sensors, to choose from; none where the data source does not say at once.</summary>
    public Task<IReadOnlyList<string>> SensorsAsync(TrafficSchema traffic, CancellationToken cancellation) =>
        OfferedAsync(stop => ValuesAsync(traffic.DataSource, traffic.SensorDimension, stop), cancellation);

    /// <summary>Data sources, to choose from; none where it takes long to look into each file of a folder.</summary>
    public async Task<IReadOnlyList<string>> SourcesAsync(CancellationToken cancellation) =>
        [.. (await OfferedAsync(NamesAsync, cancellation)).Take(MostValues)];

    private async Task<IReadOnlyList<string>> OfferedAsync(
        Func<CancellationToken, Task<IReadOnlyList<string>>> ask, CancellationToken cancellation)
    {
        try
        {
            return IsConfigured ? await ask(cancellation).WaitAsync(Patience, time, cancellation) : [];
        }
        catch (Exception error) when (ConsoleFailure.Of(error) is not null && !cancellation.IsCancellationRequested)
        {
            return [];
        }
    }

    public static AiOutliersException Missing() => new(ErrorKind.SourceFailed,
        "no data source is configured; set [Druid] druid_endpoint to the broker's URL or to duckdb:FOLDER");

    private static long? TimeOf(JsonElement row, string name) =>
        row.TryGetProperty("result", out var result) && result.TryGetProperty(name, out var time)
            && Timestamps.TryParse(time.GetString(), out var milliseconds) ? milliseconds : null;
}
