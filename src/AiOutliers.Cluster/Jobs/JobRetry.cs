using System.Globalization;
using Hangfire.Common;
using Hangfire.States;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// Decides what follows when a job threw. A job that had to wait for its subject waits a little more. A failed job is
/// tried again after a longer pause each time, and parked with its reason when the attempts are used up.
/// </summary>
internal sealed class JobRetry(QueueSettings settings) : IElectStateFilter, IJobFilterProvider
{
    private const string Attempts = "RetryCount";

    /// <summary>A number that none of ours wrote counts as used up.</summary>
    private int Failures(ElectStateContext context) =>
        context.Connection.GetJobParameter(context.BackgroundJob.Id, Attempts) is not { Length: > 0 } text ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : settings.Pauses.Count;

    public IEnumerable<JobFilter> GetFilters(Job job) => [new(this, JobFilterScope.Global, null)];

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is not FailedState failed)
            return;
        if (context.BackgroundJob.Job is null || failed.Exception is RefusedJobException)
        {
            failed.Reason = "refused";
            return;
        }
        if (failed.Exception is SubjectBusyException)
        {
            context.CandidateState = new ScheduledState(settings.Poll) { Reason = failed.Exception.Message };
            return;
        }
        var attempt = Failures(context);
        if (attempt >= settings.Pauses.Count)
        {
            failed.Reason = $"parked after {attempt + 1} attempts";
            return;
        }
        context.SetJobParameter(Attempts, attempt + 1);
        context.CandidateState = new ScheduledState(settings.Pauses[attempt])
        {
            Reason = $"attempt {attempt + 1} failed: {failed.Exception.Message}",
        };
    }
}
