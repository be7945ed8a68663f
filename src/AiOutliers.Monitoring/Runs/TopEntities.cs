using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>
/// Bounds a monitor to its largest entities: a dimension may have millions of values. Which they are is asked once an
/// hour, of the last day.
/// </summary>
internal sealed class TopEntities(IDruidSource source, TimeProvider clock)
{
    private const long Day = 86_400_000;

    /// <summary>A filter of combinations is as long as they are many.</summary>
    private const int MostCombinations = 1000;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (FilterSpec? Filter, long At)> _known = new(StringComparer.Ordinal);

    /// <returns>The query of the largest entities, and words where others were left out.</returns>
    /// <exception cref="AiOutliersException">The data source failed, or there are too many combinations.</exception>
    public async Task<(DruidQuery Query, string? Words)> BoundAsync(
        SeriesSpec spec, MonitorQuery query, Window window, CancellationToken cancellation)
    {
        if (spec.By.Count == 0)
            return (query.Query, null);
        var key = JsonSerializer.Serialize(
            (string[])[spec.DataSource, spec.Filter?.GetRawText() ?? "", $"{spec.Top}", .. spec.By, .. query.Metrics]);
        if (!_known.TryGetValue(key, out var known) || clock.GetElapsedTime(known.At) > Fresh)
            _known[key] = known = (await AskAsync(spec, query, window, cancellation), clock.GetTimestamp());
        if (known.Filter is not { } filter)
            return (query.Query, null);
        var both = query.Query.Filter is { } own ? new FilterSpec { Type = "and", Fields = [own, filter] } : filter;
        return (query.Query with { Filter = both }, $"there are more than {spec.Top} entities: the largest {spec.Top} are judged");
    }

    /// <returns>Null where there are no more than are allowed.</returns>
    private async Task<FilterSpec?> AskAsync(SeriesSpec spec, MonitorQuery query, Window window, CancellationToken cancellation)
    {
        var order = query.Query.Aggregations!.Any(one => one.OutputName == query.Metrics[0]) ? query.Metrics[0] : MonitorQuery.RowCount;
        var asked = JsonNode.Parse(MonitorQuery.Over(query.Query, new(window.To - Day, window.To)).ToUtf8Json())!.AsObject();
        asked["granularity"] = "all";
        asked["limitSpec"] = new JsonObject
        {
            ["type"] = "default",
            ["limit"] = spec.Top + 1,
            ["columns"] = new JsonArray(
                new JsonObject { ["dimension"] = order, ["direction"] = "descending", ["dimensionOrder"] = "numeric" }),
        };
        using var answer = JsonDocument.Parse(await source.AnswerAsync(JsonSerializer.SerializeToUtf8Bytes(asked), cancellation));
        var events = answer.RootElement.EnumerateArray().Select(static row => row.GetProperty("event").Clone()).Take(spec.Top + 1).ToList();
        return events.Count <= spec.Top ? null : FilterOf(spec, events[..spec.Top]);
    }

    private static FilterSpec FilterOf(SeriesSpec spec, List<JsonElement> events)
    {
        if (spec.By is [var one])
            return new() { Type = "in", Dimension = one, Values = [.. events.Select(entity => entity.GetProperty(one))] };
        if (events.Count > MostCombinations)
            throw new AiOutliersException(
                ErrorKind.BadInput,
                $"there are more than {spec.Top} combinations of {string.Join(", ", spec.By)}; "
                + $"with several dimensions top takes at most {MostCombinations}, or a filter leaves fewer");
        return new()
        {
            Type = "or",
            Fields =
            [
                .. events.Select(entity => new FilterSpec
                {
                    Type = "and",
                    Fields =
                    [
                        .. spec.By.Select(name => new FilterSpec { Type = "selector", Dimension = name, Value = entity.GetProperty(name) }),
                    ],
                }),
            ],
        };
    }
}
