namespace AiOutliers.Monitoring.Alerts;

/// <summary>One telling of one incident to one contact. Times are milliseconds since 1970.</summary>
public sealed record OutboxRow
{
    public const string Waiting = "waiting", Delivered = "delivered", Parked = "parked";

    public long Id { get; init; }

    public string IdempotencyKey { get; init; } = "";

    public string Contact { get; init; } = "";

    public string Incident { get; init; } = "";

    public string Event { get; init; } = "";

    public string GroupKey { get; init; } = "";

    /// <summary>Rows that are sent together, the first time and each time after; null until then.</summary>
    public string? Batch { get; init; }

    public string Message { get; init; } = "";

    public string State { get; init; } = "";

    public long Attempts { get; init; }

    public long CreatedAt { get; init; }

    public long DueAt { get; init; }

    public long? DeliveredAt { get; init; }

    public string? LastError { get; init; }
}
