using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Service.Console.Explore;

/// <summary>What the state of the page asks Druid.</summary>
/// <param name="Query">The native query.</param>
/// <param name="Metrics">What is judged; null leaves it to the engine.</param>
/// <param name="Range">The interval; null where a pasted query says it.</param>
public sealed record ExploreQuestion(DruidQuery Query, string? Metrics, TimeRange? Range)
{
    private const int MostRows = 200_000;

    /// <summary>The periods that pages offer, finest first.</summary>
    public static IReadOnlyList<string> Periods { get; } = ["PT1M", "PT5M", "PT15M", "PT1H", "P1D"];

    /// <exception cref="AiOutliersException">The state says something that is not allowed.</exception>
    public static ExploreQuestion Of(ExploreState state, TimeRange range, TrafficSchema traffic)
    {
        var every = state.Every ?? PeriodFor(range.Length);
        if (Granularity.PeriodOf(every) is null || Granularity.Parse(every) is not { Seconds: > 0 } width)
            throw new AiOutliersException(ErrorKind.BadInput, $"every = '{every}' is not a period; write PT5M for five minutes");
        if (range.Length.TotalSeconds / width.Seconds > MostRows)
            throw new AiOutliersException(ErrorKind.BadInput,
                $"the interval has more than {Words.Count(MostRows)} buckets of {every}; take wider ones");
        var metrics = state.Metrics.Count > 0 ? state.Metrics : [traffic.Metrics[0].Name];
        var query = new DruidQuery
        {
            QueryType = "timeseries",
            DataSource = DataSourceSpec.Table(state.Source ?? traffic.DataSource),
            Intervals = IntervalsSpec.Of(Intervals.Text(range.From, range.Until)),
            Granularity = GranularitySpec.Period(every),
            Filter = FilterOf(state.Where),
            Context = new Dictionary<string, JsonElement> { ["skipEmptyBuckets"] = JsonSerializer.SerializeToElement(true) },
        };
        query = TrafficQuery.Build(query, traffic with { Metrics = Needed(metrics, traffic) });
        return new(state.By is { } by ? KeyedQuery.By(query, [by]) : query, string.Join(',', metrics), range);
    }

    /// <summary>The width that draws a fair line: some hundred to some thousand points.</summary>
    public static string PeriodFor(TimeSpan length) => length switch
    {
        { TotalHours: <= 12 } => "PT1M",
        { TotalDays: <= 7 } => "PT5M",
        { TotalDays: <= 30 } => "PT15M",
        { TotalDays: <= 180 } => "PT1H",
        _ => "P1D",
    };

    /// <summary>The metrics and the counts that they are computed from.</summary>
    private static IReadOnlyList<TrafficMetric> Needed(IReadOnlyList<string> names, TrafficSchema traffic)
    {
        var known = string.Join(", ", traffic.Metrics.Select(static metric => metric.Name));
        var chosen = names.Select(name => traffic.Find(name) ?? throw new AiOutliersException(
            ErrorKind.BadInput, $"'{name}' is not a metric; the metrics are {known}")).ToList();
        var counts = chosen.SelectMany(static metric => new[] { metric.Of, metric.Per }).OfType<string>().Select(traffic.Find);
        return [.. chosen.Concat(counts.OfType<TrafficMetric>()).Distinct()];
    }

    /// <summary>Blanks at the ends of a value are a part of it, or came with the typing: both are asked for.</summary>
    private static FilterSpec? FilterOf(IReadOnlyList<string> conditions)
    {
        FilterSpec[] filters =
        [
            .. conditions.Select(Split).GroupBy(static pair => pair.Dimension, static pair => pair.Value).Select(static values =>
                Filter(values.Key, [.. values.SelectMany(static value => new[] { value, value.Trim() }).Distinct()])),
        ];
        return filters.Length switch { 0 => null, 1 => filters[0], _ => new() { Type = "and", Fields = filters } };
    }

    private static FilterSpec Filter(string dimension, IReadOnlyList<string> values) => values is [var only]
        ? new() { Type = "selector", Dimension = dimension, Value = JsonSerializer.SerializeToElement(only) }
        : new()
        {
            Type = "in",
            Dimension = dimension,
            Values = [.. values.Select(static value => JsonSerializer.SerializeToElement(value))],
        };

    private static (string Dimension, string Value) Split(string condition) => condition.IndexOf('=') is > 0 and var at
        ? (condition[..at].Trim(), condition[(at + 1)..])
        : throw new AiOutliersException(ErrorKind.BadInput, $"where = '{condition}' is not a condition; write dimension=value");
}
