using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Service.Api.V2;

/// <summary>A document: docs/monitors.md and docs/alerts.md have what is in it.</summary>
internal sealed record DocumentBody
{
    [AllowedValues("aioutliers/v1")]
    public required string ApiVersion { get; init; }

    [AllowedValues(DocumentKinds.Monitor, DocumentKinds.Contact, DocumentKinds.Route)]
    public required string Kind { get; init; }

    public required DocumentMetadata Metadata { get; init; }

    /// <summary>What it says, by its kind.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Spec { get; init; }
}

/// <param name="Name">Its name, one of its kind.</param>
/// <param name="Labels">What routes match.</param>
internal sealed record DocumentMetadata(string Name, IReadOnlyDictionary<string, string>? Labels = null);

internal sealed record AcknowledgeBody
{
    /// <summary>Why, for the history.</summary>
    public string? Note { get; init; }
}

internal sealed record VerdictBody
{
    /// <summary>What it was.</summary>
    [AllowedValues(IncidentStates.Confirmed, IncidentStates.Expected, IncidentStates.FalseAlarm, IncidentStates.NewNormal)]
    public required string Verdict { get; init; }

    /// <summary>Why, for the history.</summary>
    public string? Note { get; init; }
}

internal sealed record CommentBody
{
    /// <summary>A line for the history.</summary>
    public required string Text { get; init; }
}
