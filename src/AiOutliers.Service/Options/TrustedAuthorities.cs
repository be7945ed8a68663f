using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AiOutliers.Service.Options;

/// <summary>
/// A key that names a file with authorities: a neighbour's certificate then has to descend from one of these, and not from the system's.
/// </summary>
internal static class TrustedAuthorities
{
    /// <param name="reader">The configuration.</param>
    /// <param name="section">Its section.</param>
    /// <param name="key">The key.</param>
    /// <param name="isTls">Whether the neighbour is asked by TLS; without, the file would promise what does not happen.</param>
    /// <param name="condition">What TLS takes, in the user's words.</param>
    /// <param name="path">The file, where another source than the key names it.</param>
    /// <returns>Null where the system's authorities count.</returns>
    public static X509ChainPolicy? Read(
        SectionReader reader, string section, string key, bool isTls, string condition, string? path = null)
    {
        var named = reader.FilePath(section, key);
        if (isTls)
            return (named ?? path) is { } file ? Load(reader, section, key, file) : null;
        if (named is not null)
            reader.Reject(section, key, named, $"a value only with {condition}");
        return null;
    }

    private static X509ChainPolicy? Load(SectionReader reader, string section, string key, string file)
    {
        // No list of revoked certificates can be had for an authority of one's own.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            reader.Reject(section, key, file, $"a file with certificates in PEM ({error.Message.TrimEnd('.')})");
            return null;
        }
        if (policy.CustomTrustStore.Count > 0)
            return policy;
        reader.Reject(section, key, file, "a file with certificates in PEM; this one has none");
        return null;
    }
}
