using Hangfire.Common;
using Hangfire.Storage;

namespace AiOutliers.Cluster.Jobs;

/// <summary>What Hangfire's states mean here.</summary>
public static class JobStates
{
    /// <summary>For people.</summary>
    public static string Word(JobState state) => state.ToString().ToLowerInvariant();

    internal static JobState Of(string? name) => name switch
    {
        "Processing" => JobState.Running,
        "Scheduled" => JobState.Delayed,
        "Succeeded" => JobState.Done,
        "Failed" => JobState.Parked,
        "Deleted" => JobState.Cancelled,
        _ => JobState.Waiting,
    };

    /// <summary>When a job came into its state.</summary>
    internal static DateTime? Since(StateData? state, JobState kind)
    {
        var key = kind switch
        {
            JobState.Running => "StartedAt",
            JobState.Done => "SucceededAt",
            JobState.Parked => "FailedAt",
            JobState.Cancelled => "DeletedAt",
            JobState.Delayed => "ScheduledAt",
            _ => "EnqueuedAt",
        };
        return JobHelper.DeserializeNullableDateTime(Field(state, key));
    }

    internal static string? Field(StateData? state, string key) =>
        state is not null && state.Data.TryGetValue(key, out var value) ? value : null;
}
