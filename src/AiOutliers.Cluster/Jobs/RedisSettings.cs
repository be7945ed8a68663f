namespace AiOutliers.Cluster.Jobs;

/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Secret">The password; null when the server needs none.</param>
public sealed record RedisSettings(string Host, int Port, string? Secret)
{
    /// <summary>Without the password: settings are printed by whoever debugs.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
