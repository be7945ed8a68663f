using System.Text.Json.Nodes;
using AiOutliers.Monitoring.Documents;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>Which contacts get messages about which incidents.</summary>
public sealed record RouteDocument(string Name)
{
    public const string Kind = "Route";

    public required JsonObject Json { get; init; }

    /// <summary>Labels that a monitor must have; <c>monitor</c> stands for its name.</summary>
    public IReadOnlyDictionary<string, string> Match { get; init; } = new Dictionary<string, string>();

    public double MinSeverity { get; init; }

    /// <summary>What makes incidents one message: <c>monitor</c>, <c>entity</c>, or a label; none: each by itself.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>How long a message waits for others of its group.</summary>
    public TimeSpan GroupWait { get; init; }

    /// <summary>How often the message about a current incident is repeated; zero: never.</summary>
    public TimeSpan Repeat { get; init; }

    /// <summary>When the route is open; null: always.</summary>
    public DayTimes? Times { get; init; }

    public IReadOnlyList<string> Contacts { get; init; } = [];

    public bool Matches(MonitorDocument monitor, double severity, long time) =>
        severity >= MinSeverity
        && Match.All(label => (label.Key == "monitor" ? monitor.Name : monitor.Labels.GetValueOrDefault(label.Key)) == label.Value)
        && Times?.Contains(time) != false;
}
