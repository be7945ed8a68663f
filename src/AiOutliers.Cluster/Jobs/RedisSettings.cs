using System.Security.Cryptography.X509Certificates;

namespace AiOutliers.Cluster.Jobs;

/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Secret">The password; null when the server needs none.</param>
public sealed record RedisSettings(string Host, int Port, string? Secret)
{
    /// <summary>The user of Redis' access control lists; null is the default user.</summary>
    public string? User { get; init; }

    public bool Tls { get; init; }

    /// <summary>What the server's certificate has to descend from; null takes the system's authorities.</summary>
    public X509ChainPolicy? Trust { get; init; }

    /// <summary>Without the password: settings are printed by whoever debugs.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
