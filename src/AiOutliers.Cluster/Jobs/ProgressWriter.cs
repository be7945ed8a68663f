using System.Text.Json;
using Hangfire.Server;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>Writes a job's progress beside the job, at most once a second. A job does not fail when it cannot be written.</summary>
internal sealed class ProgressWriter(PerformContext context, TimeProvider time) : IProgress<JobProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long? _written;

    /// <summary>Null when nothing that was written here can be read.</summary>
    public static JobProgress? Read(string? text)
    {
        try
        {
            return JsonSerializer.Deserialize<JobProgress>(text ?? "null") is { Step: { } step } progress
                ? progress with { Step = PrintableText.Of(step) }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Report(JobProgress value)
    {
        lock (_lock)
        {
            if (_written is { } last && time.GetElapsedTime(last) < Pause)
                return;
            _written = time.GetTimestamp();
        }
        try
        {
            context.Connection.SetJobParameter(context.BackgroundJob.Id, JobRunner.ProgressParameter, JsonSerializer.Serialize(value));
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            // The next report comes soon; the lease tells when Redis is gone for long.
        }
    }
}
