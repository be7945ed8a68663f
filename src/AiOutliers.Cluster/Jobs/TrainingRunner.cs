using AiOutliers.Detection;
using AiOutliers.Models;
using AiOutliers.Models.Store;
using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// A job from end to end: takes the model's lease, fetches its newest files, has it trained, uploads it. Its name and its method's parameters are
/// written into every waiting job; changing them strands the jobs of older versions.
/// </summary>
public sealed class TrainingRunner
{
    internal const string ProgressParameter = "Progress";

    private readonly ITrainingWork _work;
    private readonly ModelStore _store;
    private readonly ILeases _leases;
    private readonly TimeProvider _time;
    private readonly ILogger<TrainingRunner> _logger;

    internal TrainingRunner(ITrainingWork work, ModelStore store, ILeases leases, TimeProvider time, ILogger<TrainingRunner> logger) =>
        (_work, _store, _leases, _time, _logger) = (work, store, leases, time, logger);

    [JobDisplayName("train {0}")]
    public async Task RunAsync(string model, string? sensor, PerformContext context, CancellationToken cancellation)
    {
        var jobId = context.BackgroundJob.Id;
        await using var lease = await _leases.TryTakeAsync(jobId, ModelName.Checked(model)) ?? throw new ModelBusyException(model);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        var started = _time.GetTimestamp();
        JobNumber.Add(context.Connection, jobId, JobNumber.Attempts);
        _logger.LogInformation("Job {Job}: training {Model}", jobId, model);
        try
        {
            var version = await TrainAsync(new(model, sensor, Directory.CreateTempSubdirectory("rb-aioutliers-").FullName), lease, new JobProgress(context, _time), either.Token);
            JobMetrics.Ended(JobMetrics.Done);
            JobMetrics.Took(_time.GetElapsedTime(started));
            _logger.LogInformation("Job {Job}: {Model} is trained and uploaded as version {Version}, after {Seconds:0.0} s", jobId, model, version, _time.GetElapsedTime(started).TotalSeconds);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            JobMetrics.Ended(JobMetrics.Lost);
            _logger.LogWarning("Job {Job}: the lease on {Model} was lost, another worker may have it; nothing is uploaded", jobId, model);
            throw new JobAbortedException();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            JobMetrics.Ended(JobMetrics.HandedBack);
            _logger.LogInformation("Job {Job}: stopped; a job that was not cancelled goes back to the queue", jobId);
            throw;
        }
        catch (Exception error)
        {
            JobMetrics.Ended(JobMetrics.Failed);
            // Whatever the work threw is the job's reason; the queue decides what follows, and the log is the only place for the details.
            _logger.LogWarning(error is AiOutliersException ? null : error, "Job {Job}: training {Model} failed: {Reason}", jobId, model, error.Message);
            throw;
        }
    }

    private async Task<string> TrainAsync(TrainingJob job, ILease lease, JobProgress progress, CancellationToken cancellation)
    {
        try
        {
            // A worker that died while it uploaded may have left half a model; its training is what this job repeats.
            await _store.DownloadNewestAsync(job.Model, job.Folder, cancellation);
            await _store.KeepLatestAsync(job.Model, cancellation);
            await _work.TrainAsync(job, progress, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (!await lease.IsHeldAsync())
                throw new JobAbortedException();
            // From here on it is quick, and half an upload would be worse than a late end.
            return await _store.UploadAsync(job.Model, job.Folder, lease.Lost);
        }
        finally
        {
            Directory.Delete(job.Folder, recursive: true);
        }
    }
}
