using System.Text.Json;
using System.Text.Json.Serialization;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>What a message says of one incident; the JSON of a webhook. Times are milliseconds since 1970.</summary>
public sealed record AlertMessage
{
    public const string Begin = "begin", Update = "update", Repeat = "repeat", End = "end", Test = "test";

    public const int MostMembers = 20;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = YamlJson.Readable.Encoder,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>One of the words above.</summary>
    public string Event { get; init; } = "";

    public string Incident { get; init; } = "";

    public string Monitor { get; init; } = "";

    public string Description { get; init; } = "";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public string Entity { get; init; } = "";

    /// <summary>Dimension and value.</summary>
    public JsonElement Key { get; init; }

    public string Metric { get; init; } = "";

    public string Kind { get; init; } = "";

    public double Severity { get; init; }

    public long Start { get; init; }

    [JsonPropertyName("end")]
    public long Until { get; init; }

    public double? Value { get; init; }

    public double? Expected { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>As explain has them; null when nobody looked.</summary>
    public JsonElement? Causes { get; init; }

    /// <summary>Incidents that this one stands for: metric and entity of each, at most <see cref="MostMembers"/>.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>The incident's page; null where no public address is configured.</summary>
    public string? Link { get; init; }

    public static AlertMessage Of(
        string @event, StoredIncident incident, MonitorDocument monitor, IReadOnlyList<StoredIncident> members, string? publicUrl) => new()
        {
            Event = @event,
            Incident = incident.Id,
            Monitor = incident.Monitor,
            Description = monitor.Spec.Description,
            Labels = monitor.Labels,
            Entity = incident.Entity,
            Key = JsonElement.Parse(incident.EntityKey),
            Metric = incident.Metric,
            Kind = incident.Kind,
            Severity = incident.Severity,
            Start = incident.StartedAt,
            Until = incident.EndedAt,
            Value = incident.PeakValue,
            Expected = incident.PeakExpected,
            Reason = incident.Reason,
            Causes = incident.Causes is { } causes ? JsonElement.Parse(causes) : null,
            Members =
            [
                .. members.Select(static member => member.Entity.Length == 0 ? member.Metric : $"{member.Metric} of {member.Entity}"),
            ],
            Link = publicUrl is null ? null : $"{publicUrl.TrimEnd('/')}/incidents/{incident.Id}",
        };

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    public static AlertMessage Parse(string json) => JsonSerializer.Deserialize<AlertMessage>(json, Options)!;
}
