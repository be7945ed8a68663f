using Hangfire.Common;
using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>What Redis has under a job's key, read without trust: bounded, of whatever kind the key is.</summary>
/// <param name="Exists">Whether there is a job at all.</param>
/// <param name="State">Its state.</param>
/// <param name="Created">UTC.</param>
/// <param name="Job">Null when it is refused.</param>
/// <param name="Refusal">Why it is not run; null when it may.</param>
internal sealed record StoredJob(bool Exists, string? State, DateTime Created, Job? Job, string? Refusal)
{
    /// <summary>
    /// Key: the job; arguments: the longest length, then the fields. Returns the key's kind, the names of longer fields, and the values.
    /// </summary>
    private const string ReadScript =
        """
        local kind = redis.call('type', KEYS[1]).ok
        if kind ~= 'hash' then return {kind} end
        local long, values = '', {}
        for i = 2, #ARGV do
          if redis.call('hstrlen', KEYS[1], ARGV[i]) > tonumber(ARGV[1]) then
            long = long .. ' ' .. ARGV[i]
            values[i - 1] = false
          else
            values[i - 1] = redis.call('hget', KEYS[1], ARGV[i])
          end
        end
        return {kind, long, values}
        """;

    public static readonly RedisValue[] Fields = ["Type", "Method", "ParameterTypes", "Arguments", "CreatedAt", "State"];

    private static readonly StoredJob None = new(false, null, default, null, null);

    public static RedisKey Key(string id) => $"{RedisConnection.Prefix}job:{id}";

    public static StoredJob Read(IDatabase redis, string id, JobForm form)
    {
        var answer = (RedisResult[])redis.ScriptEvaluate(ReadScript, [Key(id)], [JobForm.LongestField, .. Fields])!;
        if (answer.Length < 3)
            return None;
        var values = ((string?[]?)answer[2])!;
        var tooLong = (string)answer[1]!;
        // A worker's mark on an id that has no job makes an empty one.
        if (tooLong.Length == 0 && values.All(static value => value is null))
            return None;
        var created = Time(values[4]);
        try
        {
            if (tooLong.Length > 0)
                throw new RefusedJobException($"more than {JobForm.LongestField} characters in{tooLong}");
            if (created is null)
                throw new RefusedJobException("the time of its creation cannot be read");
            if (string.IsNullOrEmpty(values[5]))
                throw new RefusedJobException("it has no state");
            return new(true, values[5], created.Value, form.Read(values[0], values[1], values[2], values[3]), null);
        }
        catch (RefusedJobException refusal)
        {
            return new(true, values[5], created ?? default, null, refusal.Message);
        }
    }

    private static DateTime? Time(string? text)
    {
        try
        {
            return JobHelper.DeserializeNullableDateTime(text) ?? default(DateTime);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
