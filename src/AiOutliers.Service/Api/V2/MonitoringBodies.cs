using System.Text.Json;

namespace AiOutliers.Service.Api.V2;

/// <summary>A document: docs/monitors.md and docs/alerts.md have what is in it.</summary>
internal sealed record DocumentBody
{
    /// <summary>aioutliers/v1.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Monitor, Contact or Route.</summary>
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
    /// <summary>confirmed, expected, false-alarm or new-normal.</summary>
    public required string Verdict { get; init; }

    /// <summary>Why, for the history.</summary>
    public string? Note { get; init; }
}

internal sealed record CommentBody
{
    /// <summary>A line for the history.</summary>
    public required string Text { get; init; }
}
