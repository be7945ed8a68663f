using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Building;

namespace AiOutliers.Monitoring.Documents;

/// <summary>Reads the <c>series</c> of a monitor.</summary>
internal sealed class SeriesSpecReader(TrafficSchema traffic)
{
    private const int MostEntities = 1_000_000, MostMetrics = 100, MostDimensions = 20;

    /// <summary>Days have no fixed length beyond this, and weeks begin elsewhere than 1970 did.</summary>
    private const long LongestStep = 86_400_000;

    /// <summary>Null where something is wrong.</summary>
    public SeriesSpec? Read(DocumentMap map)
    {
        var (source, granularity) = (map.Needed("dataSource"), map.Needed("granularity"));
        var step = Step(map, granularity);
        var spec = new SeriesSpec
        {
            DataSource = source,
            Metrics = Metrics(map),
            Granularity = Granularity.PeriodOf(granularity) ?? granularity,
            Step = step,
            Filter = Filter(map),
            By = By(map),
            Top = (int)map.Number("top", 10_000, 1, MostEntities),
            TimeZone = Zone(map),
        };
        map.End();
        return step > 0 ? spec : null;
    }

    private static long Step(DocumentMap map, string granularity)
    {
        if (granularity.Length == 0)
            return 0;
        try
        {
            if (Granularity.Parse(granularity) is { Months: 0, Milliseconds: >= 1000 and <= LongestStep } width
                && LongestStep % width.Milliseconds == 0)
                return width.Milliseconds;
            map.Reject("granularity", $"'{granularity}' is not allowed; it takes PT1S to P1D, of which a day has a whole number");
        }
        catch (AiOutliersException error)
        {
            map.Reject("granularity", $"is wrong: {error.Message}");
        }
        return 0;
    }

    private List<JsonElement> Metrics(DocumentMap map)
    {
        var metrics = map.Nodes("metrics").Select(YamlJson.Of).ToList();
        if (metrics.Count is 0 or > MostMetrics)
            map.Reject("metrics", $"has {metrics.Count} entries; 1 to {MostMetrics} are needed");
        foreach (var metric in metrics)
        {
            if (Fault(metric) is { } fault)
                map.Reject("metrics", fault);
        }
        return metrics;
    }

    private string? Fault(JsonElement metric) => metric.ValueKind switch
    {
        JsonValueKind.String when traffic.Find(metric.GetString()!) is null =>
            $"has '{DocumentMap.Short(metric.GetString()!)}', which is not in the traffic schema; write it as an aggregator, "
            + $"or take one of {string.Join(", ", traffic.Columns)}",
        JsonValueKind.String => null,
        JsonValueKind.Object when Has(metric, "type") && Has(metric, "name") => null,
        JsonValueKind.Object => "has an aggregator without type or name",
        _ => "has an entry that is neither a name nor an aggregator",
    };

    private static bool Has(JsonElement metric, string name) =>
        metric.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0;

    private static JsonElement? Filter(DocumentMap map)
    {
        if (map.Json("filter") is not { } filter)
            return null;
        if (filter.ValueKind == JsonValueKind.Object && Has(filter, "type"))
            return filter;
        map.Reject("filter", "is not a filter as Druid writes it: a map with a type");
        return null;
    }

    private static IReadOnlyList<string> By(DocumentMap map)
    {
        var by = map.Texts("by");
        if (by.Count > MostDimensions || by.Any(static name => name.Length == 0) || by.Distinct().Count() != by.Count)
            map.Reject("by", $"takes up to {MostDimensions} different dimensions");
        return by;
    }

    private static TimeZoneInfo? Zone(DocumentMap map)
    {
        if (map.Text("timeZone") is not { } name)
            return null;
        if (name == "UTC")
            return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId)
            return zone;
        map.Reject(
            "timeZone", $"'{DocumentMap.Short(name)}' is not the name of a time zone that this machine knows, such as Europe/Madrid");
        return null;
    }
}
