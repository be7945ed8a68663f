using System.Globalization;
using System.Text.Json;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Service.Console.IncidentPages;

/// <summary>A series that a monitor judges, as the page Explore asks for it.</summary>
internal static class MonitoredSeries
{
    private const long Around = 7_200_000;

    /// <summary>Two hours before an incident to two hours after it; null where the page cannot ask for it.</summary>
    /// <param name="document">The monitor, JSON.</param>
    /// <param name="incident">Says which entity, which metric, and when.</param>
    public static ExploreState? StateOf(string document, StoredIncident incident) =>
        StateOf(document, incident.EntityKey, incident.Metric, new(incident.StartedAt - Around, incident.EndedAt + Around));

    /// <summary>Null where the monitor's filter is more than conditions that all must hold.</summary>
    /// <param name="document">The monitor, JSON.</param>
    /// <param name="entity">Dimensions and their values, JSON; empty where the monitor has one series.</param>
    /// <param name="metric">Which of its metrics.</param>
    /// <param name="range">When.</param>
    public static ExploreState? StateOf(string document, string entity, string metric, TimeRange range)
    {
        using var json = JsonDocument.Parse(document);
        if (!json.RootElement.TryGetProperty("spec", out var spec) || !spec.TryGetProperty("series", out var series))
            return null;
        var conditions = new List<string>();
        if (series.TryGetProperty("filter", out var filter) && !Add(filter, conditions))
            return null;
        using var key = JsonDocument.Parse(entity.Length > 0 ? entity : "{}");
        conditions.AddRange(key.RootElement.EnumerateObject().Select(static part => $"{part.Name}={part.Value.GetString()}"));
        var detector = spec.TryGetProperty("detector", out var named) && named.ValueKind == JsonValueKind.Object ? named : default;
        return new()
        {
            Source = Text(series, "dataSource"),
            Metrics = [metric],
            Where = conditions,
            Every = Text(series, "granularity"),
            From = Time(range.From),
            To = Time(range.Until),
            Detector = Text(detector, "name") ?? SeasonalScanDetector.Id,
            Sensitivity = Text(detector, "sensitivity"),
            Direction = Text(detector, "direction"),
        };
    }

    private static bool Add(JsonElement filter, List<string> conditions)
    {
        switch (Text(filter, "type"))
        {
            case "selector" when Text(filter, "dimension") is { } dimension && Text(filter, "value") is { } value:
                conditions.Add($"{dimension}={value}");
                return true;
            case "in" when Text(filter, "dimension") is { } dimension && filter.TryGetProperty("values", out var values):
                conditions.AddRange(values.EnumerateArray().Select(value => $"{dimension}={value}"));
                return true;
            case "and" when filter.TryGetProperty("fields", out var fields):
                return fields.EnumerateArray().All(field => Add(field, conditions));
            default:
                return false;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture);
}
