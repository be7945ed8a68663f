using System.Globalization;
using System.Text.Json;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Service.Console.IncidentPages;

/// <summary>The series of an incident as the page Explore asks for it.</summary>
internal static class MonitoredSeries
{
    private const long Around = 7_200_000;

    /// <summary>Null where the monitor's filter is more than conditions that all must hold.</summary>
    /// <param name="document">The monitor, JSON.</param>
    /// <param name="incident">Says which entity, which metric, and when.</param>
    public static ExploreState? StateOf(string document, StoredIncident incident)
    {
        using var json = JsonDocument.Parse(document);
        if (!json.RootElement.TryGetProperty("spec", out var spec) || !spec.TryGetProperty("series", out var series))
            return null;
        var conditions = new List<string>();
        if (series.TryGetProperty("filter", out var filter) && !Add(filter, conditions))
            return null;
        using var key = JsonDocument.Parse(incident.EntityKey is { Length: > 0 } text ? text : "{}");
        conditions.AddRange(key.RootElement.EnumerateObject().Select(static part => $"{part.Name}={part.Value.GetString()}"));
        return new()
        {
            Source = Text(series, "dataSource"),
            Metrics = [incident.Metric],
            Where = conditions,
            Every = Text(series, "granularity"),
            From = Time(incident.StartedAt - Around),
            To = Time(incident.EndedAt + Around),
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
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture);
}
