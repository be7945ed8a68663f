using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Service.Api.V2;

/// <param name="Incidents">The newest first.</param>
/// <param name="Next">As <c>after</c> it gives the next page; null on the last.</param>
internal sealed record IncidentsAnswer(IReadOnlyList<IncidentAnswer> Incidents, string? Next);

/// <summary>An incident. Times are milliseconds since 1970.</summary>
internal sealed record IncidentAnswer
{
    public required string Id { get; init; }
    public required string Monitor { get; init; }
    public required long Revision { get; init; }
    public required string Entity { get; init; }

    /// <summary>The values of the dimensions that make the series.</summary>
    public required IReadOnlyDictionary<string, string?> Key { get; init; }
    public required string Metric { get; init; }
    public required string Kind { get; init; }
    public required IReadOnlyList<string> Alarms { get; init; }

    [AllowedValues(IncidentStates.Open, IncidentStates.Acknowledged, IncidentStates.Closed)]
    public required string State { get; init; }

    [AllowedValues(IncidentStates.Confirmed, IncidentStates.Expected, IncidentStates.FalseAlarm, IncidentStates.NewNormal)]
    public string? Verdict { get; init; }
    public required double Severity { get; init; }
    public required long Start { get; init; }
    public required long End { get; init; }
    public IncidentPeakAnswer? Peak { get; init; }
    public double? Area { get; init; }
    public required string Reason { get; init; }
    public ExplainAnswer? Causes { get; init; }

    /// <summary>The incident that this one is a part of.</summary>
    public string? Parent { get; init; }
    public required long Opened { get; init; }
    public required long Updated { get; init; }
    public long? Closed { get; init; }

    /// <summary>Of one incident; null in a list.</summary>
    public IReadOnlyList<IncidentEvent>? History { get; init; }

    /// <summary>Of one incident: those that are a part of it.</summary>
    public IReadOnlyList<IncidentAnswer>? Members { get; init; }

    public static IncidentAnswer Of(
        StoredIncident one, IReadOnlyList<IncidentEvent>? history, IReadOnlyList<StoredIncident>? members = null) => new()
        {
            Id = one.Id,
            Monitor = one.Monitor,
            Revision = one.Revision,
            Entity = one.Entity,
            Key = JsonSerializer.Deserialize<Dictionary<string, string?>>(one.EntityKey)!,
            Metric = one.Metric,
            Kind = one.Kind,
            Alarms = one.Alarms.Split(',', StringSplitOptions.RemoveEmptyEntries),
            State = one.State,
            Verdict = one.Verdict,
            Severity = one.Severity,
            Start = one.StartedAt,
            End = one.EndedAt,
            Peak = one.PeakTime is { } time ? new(time, one.PeakValue, one.PeakExpected) : null,
            Area = one.Area,
            Reason = one.Reason,
            Causes = one.Causes is { } causes ? JsonSerializer.Deserialize<ExplainAnswer>(causes, JsonSerializerOptions.Web) : null,
            Parent = one.Parent,
            Opened = one.OpenedAt,
            Updated = one.UpdatedAt,
            Closed = one.ClosedAt,
            History = history,
            Members = members is null ? null : [.. members.Select(static member => Of(member, null))],
        };
}

internal sealed record IncidentPeakAnswer(long Time, double? Value, double? Expected);
