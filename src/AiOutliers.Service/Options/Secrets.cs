namespace AiOutliers.Service.Options;

/// <summary>Configured values as messages may show them.</summary>
internal static class Secrets
{
    private static readonly HashSet<string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        "s3_public_key", "s3_private_key", "rd_secret", "dashboard_key",
        "druid_password", "druid_token", "consul_token",
    };

    /// <summary>
    /// Without what may be a password: values of secret keys, and what stands before an <c>@</c> in a URL, well formed or not.
    /// </summary>
    public static string Masked(string key, string value)
    {
        if (Keys.Contains(key))
            return value.Length == 0 ? value : "…";
        var at = value.LastIndexOf('@');
        if (at < 0)
            return value;
        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        return (scheme >= 0 && scheme < at ? value[..(scheme + 3)] : "") + "…" + value[at..];
    }
}
