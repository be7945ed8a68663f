using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiOutliers.Detection;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// How the server's certificate is checked: by the name that was asked for, against the system's authorities or those of a file alone.
/// </summary>
internal static class RedisTls
{
    /// <exception cref="AiOutliersException">The file holds no certificates.</exception>
    public static SslClientAuthenticationOptions Options(RedisSettings settings) => new()
    {
        TargetHost = settings.Host,
        CertificateChainPolicy = settings.AuthorityFile is { } file ? Trusting(file) : null,
    };

    private static X509ChainPolicy Trusting(string file)
    {
        // No list of revoked certificates can be had for an authority of one's own.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(
                ErrorKind.BadConfiguration, $"[Redis] rd_ca_file '{file}' cannot be read: {error.Message}", error);
        }
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new AiOutliersException(ErrorKind.BadConfiguration, $"[Redis] rd_ca_file '{file}' holds no certificate in PEM");
    }
}
