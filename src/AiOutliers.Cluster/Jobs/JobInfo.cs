namespace AiOutliers.Cluster.Jobs;

/// <summary>A job as people see it.</summary>
/// <param name="Id">Names it in commands.</param>
/// <param name="Payload">What it is to do; null when it was refused.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Created">UTC.</param>
/// <param name="Changed">When it came into this state, UTC.</param>
/// <param name="Progress">The last report of a running job.</param>
/// <param name="Attempts">How often a worker has begun it.</param>
/// <param name="LostLeases">How often its worker ended or was cut off; reset when it is retried by hand.</param>
/// <param name="Reason">Why it waits, failed or was cancelled.</param>
public sealed record JobInfo(
    string Id,
    JobPayload? Payload,
    JobState State,
    DateTime? Created,
    DateTime? Changed,
    JobProgress? Progress,
    int Attempts,
    int LostLeases,
    string? Reason)
{
    /// <summary>What it is about.</summary>
    public string Subject => Payload?.Subject ?? "?";
}
