using System.Diagnostics.CodeAnalysis;

namespace AiOutliers.Detection.Series;

/// <summary>Time zones by the names of the IANA's database.</summary>
public static class TimeZones
{
    /// <summary>What <see cref="TryFind"/> takes, in words.</summary>
    public const string Allowed = "the IANA name of a time zone that this machine knows, such as Europe/Madrid, or UTC";

    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = name == "UTC" ? TimeZoneInfo.Utc : null;
        return zone is not null || TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone) && zone.HasIanaId;
    }
}
