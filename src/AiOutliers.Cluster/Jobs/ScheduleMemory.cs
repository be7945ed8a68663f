using System.Globalization;
using AiOutliers.Cluster.Clock;
using Hangfire.Storage;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// What is kept beside the jobs: the time that schedulers served last, and for each subject its last time and jobs. A time
/// that lies further in the future than a scheduler's clock may be ahead was written by a wrong clock: it is ignored,
/// or nothing would be enqueued until it comes.
/// </summary>
internal sealed class ScheduleMemory(TimeProvider time, ILogger logger)
{
    private const DateTimeStyles Utc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;

    private const string LastKey = "schedule:last", TickField = "tick", JobField = "job";

    /// <summary>The time that was served last; null when none was.</summary>
    public DateTime? Last(IStorageConnection connection) => Read(connection, LastKey)?.Tick;

    /// <summary>What was last enqueued for the subject; null when nothing was.</summary>
    public (DateTime Tick, string Job)? Of(IStorageConnection connection, JobPayload payload) => Read(connection, Key(payload));

    public static void Served(IStorageConnection connection, DateTime tick)
    {
        using var transaction = connection.CreateWriteTransaction();
        Write(transaction, LastKey, KeyValuePair.Create(TickField, Text(tick)));
        transaction.Commit();
    }

    /// <summary>Written together with the job.</summary>
    public static void Enqueued(IWriteOnlyTransaction transaction, JobPayload payload, DateTime tick, string job) =>
        Write(transaction, Key(payload), KeyValuePair.Create(TickField, Text(tick)), KeyValuePair.Create(JobField, job));

    /// <summary>A job that somebody asked for, at no time of the schedule.</summary>
    public static void Asked(IStorageConnection connection, JobPayload payload, string job)
    {
        using var transaction = connection.CreateWriteTransaction();
        Write(transaction, AskedKey(payload), KeyValuePair.Create(JobField, job));
        transaction.Commit();
    }

    /// <summary>What was last enqueued for the subject, by hand and by the schedule; they may be gone.</summary>
    public static IEnumerable<string> JobsOf(IStorageConnection connection, JobPayload payload) => new[] { AskedKey(payload), Key(payload) }
        .Select(key => Entry(connection, key)?.GetValueOrDefault(JobField)).OfType<string>().Distinct();

    public static string Text(DateTime tick) => tick.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Key(JobPayload payload) => $"schedule:target:{payload.Key}";

    private static string AskedKey(JobPayload payload) => $"asked:{payload.Key}";

    /// <summary>What is there may be of another kind, on which every write would fail.</summary>
    private static void Write(IWriteOnlyTransaction transaction, string key, params KeyValuePair<string, string>[] fields)
    {
        transaction.RemoveHash(key);
        transaction.SetRangeInHash(key, fields);
    }

    private (DateTime Tick, string Job)? Read(IStorageConnection connection, string key)
    {
        if (Entry(connection, key) is not { } entry)
            return null;
        if (!DateTime.TryParse(entry.GetValueOrDefault(TickField), CultureInfo.InvariantCulture, Utc, out var tick))
            return null;
        if (tick <= time.GetUtcNow().UtcDateTime + NetworkClock.LargestStep)
            return (tick, entry.GetValueOrDefault(JobField) ?? "");
        logger.LogWarning(
            "{Key} has the time {Tick}, which lies in the future: it is ignored; a scheduler's clock was wrong", key, Text(tick));
        return null;
    }

    private static Dictionary<string, string>? Entry(IStorageConnection connection, string key)
    {
        try
        {
            return connection.GetAllEntriesFromHash(key);
        }
        catch (RedisServerException error) when (error.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
