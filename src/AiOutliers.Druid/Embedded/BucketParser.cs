using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Embedded;

/// <summary>Reads the granularity of a query as Druid understands it.</summary>
internal static class BucketParser
{
    private const long Day = 86_400_000;

    /// <summary>1970-01-05 was a Monday: weeks begin there.</summary>
    private const long FirstMonday = 4 * Day;

    private const int LongestYears = 10_000;

    /// <exception cref="AiOutliersException">It is wrong, or not known here.</exception>
    public static TimeBuckets Parse(GranularitySpec? spec)
    {
        var name = spec?.Text ?? spec?.Type;
        switch (name?.ToLowerInvariant())
        {
            case null:
                throw Unsupported.Wrong("it has no granularity");
            case "all":
                return new(default, 0, TimeZoneInfo.Utc);
            case "none":
                return new(new(0, 1), 0, TimeZoneInfo.Utc);
            case "duration":
                return new(new(0, Duration(spec!)), Origin(spec!) ?? 0, TimeZoneInfo.Utc);
            case "period":
                var period = Granularity.Parse(spec!.Field("period") ?? throw Unsupported.Wrong("its granularity has no period"));
                return Periods(period, Origin(spec), Zone(spec.Field("timeZone")));
            default:
                return Periods(Granularity.Parse(name), null, TimeZoneInfo.Utc);
        }
    }

    private static TimeBuckets Periods(Granularity width, long? origin, TimeZoneInfo zone)
    {
        if (width.Months > 0 && (width.Milliseconds > 0 || origin is not null))
            throw Unsupported.Feature("a granularity of months together with shorter parts or an origin");
        if (origin is not null && zone != TimeZoneInfo.Utc)
            throw Unsupported.Feature("a granularity with both an origin and a time zone");
        if (width.Months / 12 + width.Milliseconds / (365 * Day) > LongestYears)
            throw Unsupported.Wrong($"its granularity is longer than {LongestYears} years");
        // As Druid has it, one week begins on a Monday, and several are counted from 1970-01-01, a Thursday.
        return new(width, origin ?? (width.Milliseconds == 7 * Day ? FirstMonday : 0), zone);
    }

    private static long Duration(GranularitySpec spec) =>
        spec.TryField("duration", out var value) && value.ValueKind == System.Text.Json.JsonValueKind.Number
        && value.TryGetInt64(out var milliseconds) && milliseconds is > 0 and <= LongestYears * 365 * Day
            ? milliseconds
            : throw Unsupported.Wrong(
                $"the duration of its granularity is not a number of milliseconds, or longer than {LongestYears} years");

    private static long? Origin(GranularitySpec spec)
    {
        if (spec.Field("origin") is not { } text)
            return null;
        return Timestamps.TryParse(text, out var time)
            ? time
            : throw Unsupported.Wrong($"the origin '{text}' of its granularity is not an ISO 8601 time");
    }

    private static TimeZoneInfo Zone(string? name)
    {
        if (name is null or "UTC" or "Etc/UTC" or "Z")
            return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;
        var shown = name.Length > 60 ? name[..60] : name;
        throw new AiOutliersException(
            ErrorKind.BadInput, $"the time zone '{shown}' is not known here; use an IANA name such as Europe/Madrid (package tzdata)");
    }
}
