using StackExchange.Redis;

namespace AiOutliers.Cluster.Jobs;

/// <summary>What about a Redis that answers endangers the jobs in it.</summary>
internal static class RedisWarnings
{
    private const string Keeps = "noeviction";

    public static IReadOnlyList<string> Of(IConnectionMultiplexer connection, RedisSettings settings)
    {
        var warnings = new List<string>();
        if (settings.Secret is null)
        {
            warnings.Add($"Redis at {settings} asks for no password: whoever reaches it can change the jobs; "
                + "set a password there and [Redis] rd_secret");
        }
        if (EvictionPolicy(connection) is { } policy and not Keeps)
        {
            warnings.Add($"Redis at {settings} may drop jobs when its memory is full (maxmemory-policy {policy}); "
                + $"set maxmemory-policy {Keeps}");
        }
        return warnings;
    }

    /// <summary>Null where the user may not ask.</summary>
    private static string? EvictionPolicy(IConnectionMultiplexer connection)
    {
        try
        {
            var answer = (string?)connection.GetDatabase().Execute("INFO", "memory") ?? "";
            return answer.Split('\n')
                .Select(static line => line.Trim().Split(':'))
                .FirstOrDefault(static pair => pair[0] == "maxmemory_policy")?[^1];
        }
        catch (RedisServerException)
        {
            return null;
        }
    }
}
