using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Entities;

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

    private readonly ConcurrentDictionary<string, (Largest? Largest, long At)> _known = new(StringComparer.Ordinal);

    /// <exception cref="AiOutliersException">The data source failed, or there are too many combinations.</exception>
    public async Task<BoundQuery> BoundAsync(
        SeriesSpec spec, MonitorQuery query, Window window, CancellationToken cancellation)
    {
        if (spec.By.Count == 0)
            return new(query.Query);
        var key = JsonSerializer.Serialize(
            (string[])[spec.DataSource, spec.Filter?.GetRawText() ?? "", $"{spec.Top}", .. spec.By, .. query.Metrics]);
        if (!_known.TryGetValue(key, out var known) || clock.GetElapsedTime(known.At) > Fresh)
        {
            known = (await AskAsync(spec, query, window, cancellation), clock.GetTimestamp());
            ForgetOld();
            _known[key] = known;
        }
        if (known.Largest is not { } largest)
            return new(query.Query);
        var both = query.Query.Filter is { } own ? new FilterSpec { Type = "and", Fields = [own, largest.Filter] } : largest.Filter;
        return new(query.Query with { Filter = both })
        {
            Words = $"there are more than {spec.Top} entities: the largest {spec.Top} are judged",
            Keys = largest.Keys,
        };
    }

    /// <summary>As those of revisions that are no more.</summary>
    private void ForgetOld()
    {
        foreach (var old in _known.Where(one => clock.GetElapsedTime(one.Value.At) > Fresh))
            _known.TryRemove(old);
    }

    /// <returns>Null where there are no more than are allowed.</returns>
    private async Task<Largest?> AskAsync(SeriesSpec spec, MonitorQuery query, Window window, CancellationToken cancellation)
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
        if (events.Count <= spec.Top)
            return null;
        var largest = events[..spec.Top];
        var keys = largest.Select(entity => EntityQueries.KeyOf(entity, spec.By)).ToHashSet(StringComparer.Ordinal);
        return new(FilterOf(spec, largest), keys);
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

    /// <param name="Filter">Lets them through.</param>
    /// <param name="Keys">Which they are.</param>
    private sealed record Largest(FilterSpec Filter, IReadOnlySet<string> Keys);
}
