using System.Globalization;
using System.Text.Json;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Service.Console.IncidentPages;

/// <summary>A series that a monitor judges, as Explore asks for it.</summary>
/// <param name="State">What Explore asks.</param>
/// <param name="Told">What the monitor tells of what is found in it.</param>
/// <param name="Range">When.</param>
public sealed record MonitoredSeries(ExploreState State, ToldIncidents Told, TimeRange Range)
{
    private const long Around = 7_200_000;

    private const double UsualSeverity = 50;

    /// <summary>Two hours before an incident to two hours after it; null where the page cannot ask for it.</summary>
    /// <param name="document">The monitor, JSON.</param>
    /// <param name="incident">Says which entity, which metric, and when.</param>
    public static MonitoredSeries? Of(string document, StoredIncident incident) =>
        Of(document, incident.EntityKey, incident.Metric, new(incident.StartedAt - Around, incident.EndedAt + Around));

    /// <summary>
    /// Null where the monitor's filter is more than conditions that all must hold, or too long for an address, and of rows without a value,
    /// for which the page has no condition.
    /// </summary>
    /// <param name="document">The monitor, JSON.</param>
    /// <param name="entity">Dimensions and their values, JSON; empty where the monitor has one series.</param>
    /// <param name="metric">Which of its metrics.</param>
    /// <param name="range">When.</param>
    public static MonitoredSeries? Of(string document, string entity, string metric, TimeRange range)
    {
        using var json = JsonDocument.Parse(document);
        if (Member(json.RootElement, "spec") is not { } spec || Member(spec, "series") is not { } series)
            return null;
        var conditions = new List<string>();
        if (Member(series, "filter") is { } filter && !Add(filter, conditions))
            return null;
        using var key = JsonDocument.Parse(entity.Length > 0 ? entity : "{}");
        if (key.RootElement.EnumerateObject().Any(static part => part.Value.ValueKind == JsonValueKind.Null))
            return null;
        conditions.AddRange(key.RootElement.EnumerateObject().Select(static part => $"{part.Name}={part.Value.GetString()}"));
        var detector = Member(spec, "detector");
        var name = Text(detector, "name") ?? SeasonalScanDetector.Id;
        var state = new ExploreState
        {
            Source = Text(series, "dataSource"),
            Metrics = [metric],
            Where = conditions,
            Every = Text(series, "granularity"),
            From = Time(range.From),
            To = Time(range.Until),
            Detector = name,
            Sensitivity = Text(detector, "sensitivity"),
            Direction = Text(detector, "direction"),
            Options = [.. MonitoredDetector.OptionsOf(detector, name, Text(series, "timeZone"))],
        };
        return state.Address().Length > ExploreState.LongestAddress ? null : new(state, ToldBy(spec), range);
    }

    private static ToldIncidents ToldBy(JsonElement spec) => new(
        Severity(spec), TimeSpans.TryParse(Text(spec, "minDuration") ?? "", out var least) ? (long)least.TotalMilliseconds : 0);

    private static bool Add(JsonElement filter, List<string> conditions)
    {
        switch (Text(filter, "type"))
        {
            case "selector" when Text(filter, "dimension") is { } dimension && Text(filter, "value") is { } value:
                conditions.Add($"{dimension}={value}");
                return true;
            case "in" when Text(filter, "dimension") is { } dimension && Member(filter, "values") is { } values:
                conditions.AddRange(values.EnumerateArray().Select(value => $"{dimension}={value}"));
                return true;
            case "and" when Member(filter, "fields") is { } fields:
                return fields.EnumerateArray().All(field => Add(field, conditions));
            default:
                return false;
        }
    }

    private static double Severity(JsonElement spec) =>
        double.TryParse(Text(spec, "minSeverity"), CultureInfo.InvariantCulture, out var least) ? least : UsualSeverity;

    private static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A number as it is written.</summary>
    private static string? Text(JsonElement? json, string name) => json is { } known && Member(known, name) is { } value
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture);
}
