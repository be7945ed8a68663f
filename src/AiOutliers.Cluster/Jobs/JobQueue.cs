using AiOutliers.Detection;
using AiOutliers.Models;
using Hangfire;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.Redis.StackExchange;
using Hangfire.States;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>The jobs that wait, run and are done: in Redis, shared by all nodes, or in the memory of this process.</summary>
public sealed class JobQueue : IDisposable
{
    private readonly ConnectionMultiplexer? _redis;

    /// <summary>For all of Hangfire in this process: names in its data stand for types of the closed list, and JSON names none.</summary>
    static JobQueue() => GlobalConfiguration.Configuration
        .UseTypeResolver(KnownTypes.Resolve)
        .UseSerializerSettings(new() { TypeNameHandling = TypeNameHandling.None, MaxDepth = 32 });

    private JobQueue(QueueSettings settings, ConnectionMultiplexer? redis, ILoggerFactory loggers)
    {
        (Settings, _redis) = (settings, redis);
        Storage = redis is null ? new InMemoryStorage() : new GuardedStorage(
            new RedisStorage(redis, RedisOptions(settings)), new JobGate(redis, TimeProvider.System, loggers.CreateLogger<JobGate>()));
        Leases = redis is null ? new LocalLeases() : new RedisLeases(redis, settings.Lease, TimeProvider.System, loggers.CreateLogger<RedisLeases>());
        Warnings = redis is null ? [] : RedisWarnings.Of(redis, settings.Redis!);
        Client = new BackgroundJobClient(Storage, new TrainingRetry(settings));
    }

    public QueueSettings Settings { get; }

    /// <summary>For the dashboard.</summary>
    public JobStorage Storage { get; }

    /// <summary>What endangers the jobs, for people.</summary>
    public IReadOnlyList<string> Warnings { get; }

    internal ILeases Leases { get; }

    internal IBackgroundJobClient Client { get; }

    internal IConnectionMultiplexer? Redis => _redis;

    /// <exception cref="AiOutliersException">Redis is configured and of no use; the message says why.</exception>
    public static JobQueue Open(QueueSettings settings, ILoggerFactory loggers) =>
        new(settings, settings.Redis is null ? null : RedisConnection.Open(settings.Redis), loggers);

    /// <summary>Adds a job.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="AiOutliersException">The queue does not take it.</exception>
    public string Enqueue(TrainingTarget target)
    {
        try
        {
            return Client.Create(JobOf(target), new EnqueuedState());
        }
        catch (BackgroundJobClientException error)
        {
            throw new AiOutliersException(ErrorKind.ClusterFailed, $"Redis at {Settings.Redis} {RedisConnection.Reason(error)}", error);
        }
    }

    public void Dispose()
    {
        (Storage as IDisposable)?.Dispose();
        _redis?.Dispose();
    }

    private static RedisStorageOptions RedisOptions(QueueSettings settings) => new()
    {
        Prefix = RedisConnection.Prefix,
        FetchTimeout = settings.Poll,
        // Who is gone is told by the lease; a time limit on a training that goes well would start it twice.
        InvisibilityTimeout = TimeSpan.FromDays(7),
    };

    internal static Job JobOf(TrainingTarget target) =>
        Job.FromExpression<TrainingRunner>(runner => runner.RunAsync(ModelName.Checked(target.Model), target.Sensor, null!, CancellationToken.None));
}
