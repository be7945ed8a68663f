using System.Diagnostics.CodeAnalysis;

namespace AiOutliers.Service.Options;

/// <summary>Time zones by the names of the IANA's database, as the configuration and the command line take them.</summary>
internal static class TimeZones
{
    private const string Utc = "UTC";

    public const string Allowed = "the IANA name of a time zone that this machine knows, such as Europe/Madrid, or UTC";

    public static TimeZoneInfo Read(SectionReader reader)
    {
        const string Section = "Outliers", Key = "time_zone";
        var name = reader.Text(Section, Key, Utc);
        if (TryFind(name, out var zone))
            return zone;
        reader.Reject(Section, Key, name, Allowed);
        return TimeZoneInfo.Utc;
    }

    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = name == Utc ? TimeZoneInfo.Utc : null;
        return zone is not null || TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone) && zone.HasIanaId;
    }
}
