using AiOutliers.Detection;
using Hangfire;
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

    private JobQueue(QueueSettings settings, IReadOnlyList<JobKind> kinds, ConnectionMultiplexer? redis, ILoggerFactory loggers)
    {
        (Settings, Kinds, Form, _redis) = (settings, kinds, new(kinds), redis);
        Repeated = new(TimeProvider.System, loggers.CreateLogger<JobQueue>());
        Storage = redis is null
            ? new InMemoryStorage()
            : new GuardedStorage(
                new RedisStorage(redis, RedisOptions(settings)),
                new JobGate(redis, Form, TimeProvider.System, loggers.CreateLogger<JobGate>()));
        Leases = redis is null ? new LocalLeases() : new RedisLeases(redis, settings.Lease, TimeProvider.System, Repeated);
        Warnings = redis is null ? [] : RedisWarnings.Of(redis, settings.Redis!);
        Client = new BackgroundJobClient(Storage, new JobRetry(settings));
    }

    public QueueSettings Settings { get; }

    internal IReadOnlyList<JobKind> Kinds { get; }

    internal JobForm Form { get; }

    /// <summary>For the dashboard.</summary>
    public JobStorage Storage { get; }

    /// <summary>What endangers the jobs, for people.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>For all that meet a Redis that is away.</summary>
    internal RepeatedWarnings Repeated { get; }

    internal ILeases Leases { get; }

    internal IBackgroundJobClient Client { get; }

    internal IConnectionMultiplexer? Redis => _redis;

    /// <param name="settings">Where the jobs wait.</param>
    /// <param name="kinds">The kinds of jobs that there are; any other is refused.</param>
    /// <param name="loggers">Get what is odd.</param>
    /// <exception cref="AiOutliersException">Redis is configured and of no use; the message says why.</exception>
    public static JobQueue Open(QueueSettings settings, IReadOnlyList<JobKind> kinds, ILoggerFactory loggers) =>
        new(settings, kinds, settings.Redis is null ? null : RedisConnection.Open(settings.Redis), loggers);

    /// <summary>Adds a job.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="AiOutliersException">The queue does not take it.</exception>
    public string Enqueue(JobPayload payload)
    {
        string id;
        try
        {
            id = Client.Create(JobForm.Of(payload), new EnqueuedState());
        }
        catch (BackgroundJobClientException error)
        {
            throw new AiOutliersException(ErrorKind.ClusterFailed, $"Redis at {Settings.Redis} {RedisConnection.Reason(error)}", error);
        }
        try
        {
            using var connection = Storage.GetConnection();
            ScheduleMemory.Asked(connection, payload, id);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            // The queue has it; only the page of its subject does not name it.
        }
        return id;
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
        // Who is gone is told by the lease; a time limit on a job that goes well would start it twice.
        InvisibilityTimeout = TimeSpan.FromDays(7),
    };
}
