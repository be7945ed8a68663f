using System.Security.Cryptography.X509Certificates;

namespace AiOutliers.Cluster.Registration;

/// <param name="Endpoint">The agent's address.</param>
/// <param name="ServiceName">What others look for.</param>
/// <param name="ServiceAddress">The address that others are told; null takes this machine's.</param>
/// <param name="ServicePort">The port that others are told; null takes the one that is listened on.</param>
/// <param name="Token">Of an agent that has access control lists.</param>
public sealed record ConsulSettings(Uri Endpoint, string ServiceName, string? ServiceAddress, int? ServicePort, string? Token = null)
{
    /// <summary>What the agent's certificate has to descend from; null takes the system's authorities.</summary>
    public X509ChainPolicy? Trust { get; init; }

    /// <summary>Whether the service's own port speaks TLS.</summary>
    public bool IsTls { get; init; }

    /// <summary>Without the token: settings are printed by whoever debugs.</summary>
    public override string ToString() => $"{ServiceName} at {Endpoint.Authority}";
}
