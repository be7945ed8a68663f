namespace AiOutliers.Cluster.Jobs;

public enum JobState
{
    /// <summary>In the queue.</summary>
    Waiting,

    /// <summary>Waits for a pause to end, after a failed attempt or because another of its subject runs.</summary>
    Delayed,

    /// <summary>A worker does it.</summary>
    Running,

    /// <summary>Done; kept for a day.</summary>
    Done,

    /// <summary>All attempts failed; kept until retried or cancelled.</summary>
    Parked,

    /// <summary>Taken out by a person; kept for a day.</summary>
    Cancelled,
}
