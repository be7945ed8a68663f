using System.Diagnostics.CodeAnalysis;
using AiOutliers.Detection.Series;

namespace AiOutliers.Service.Options;

/// <summary>Time zones by the names of the IANA's database, as the configuration and the command line take them.</summary>
internal static class TimeZones
{
    public const string Allowed = TimeZoneNames.Allowed;

    public static TimeZoneInfo Read(SectionReader reader)
    {
        const string Section = "Outliers", Key = "time_zone";
        var name = reader.Text(Section, Key, TimeZoneNames.Utc);
        if (TryFind(name, out var zone))
            return zone;
        reader.Reject(Section, Key, name, Allowed);
        return TimeZoneInfo.Utc;
    }

    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone) => TimeZoneNames.TryFind(name, out zone);
}
