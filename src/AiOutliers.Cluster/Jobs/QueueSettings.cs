namespace AiOutliers.Cluster.Jobs;

/// <summary>Where jobs wait and how they are run.</summary>
public sealed record QueueSettings
{
    /// <summary>Null keeps the jobs in the memory of this process.</summary>
    public RedisSettings? Redis { get; init; }

    /// <summary>Jobs that one worker process runs at once.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>
    /// A worker that has not been heard of for so long is taken for dead; another then takes its job. It reports three times as often.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What a job may still take when its worker is asked to end; after that it is handed back.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The pauses before each new attempt of a job that failed; after the last it is parked.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    /// <summary>How often the queue is looked at for what has become due.</summary>
    public TimeSpan Poll => TimeSpan.FromTicks(Math.Clamp(Lease.Ticks / 6, TimeSpan.FromSeconds(0.5).Ticks, TimeSpan.FromSeconds(5).Ticks));
}
