using System.Net;

namespace AiOutliers.Service.Options;

/// <summary>Who may ask what.</summary>
public sealed record SecuritySettings
{
    /// <summary>Where the keys are; null: nobody has one, and only this machine is answered where a role is needed.</summary>
    public string? KeysFile { get; init; }

    /// <summary>Whether version 1 takes a key, too.</summary>
    public bool ProtectV1 { get; init; }

    /// <summary>Whether the metrics take a key, too.</summary>
    public bool ProtectMetrics { get; init; }

    /// <summary>What one caller may ask of version 2; 0 does not limit.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>A certificate in PEM, with those between it and its authority; null: no TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>The certificate's key in PEM.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Proxies that sign people in.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>The header in which they name the user.</summary>
    public string? UserHeader { get; init; }

    /// <summary>The header in which they name the role; null: a viewer.</summary>
    public string? RoleHeader { get; init; }
}
