using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Query;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Embedded;

/// <summary>The buckets of a granularity: where each begins, as Druid places them. Times are milliseconds since 1970.</summary>
internal sealed class TimeBuckets
{
    private const long Day = 86_400_000;

    /// <summary>1970-01-05 was a Monday: weeks begin there.</summary>
    private const long FirstMonday = 4 * Day;

    private const int LongestYears = 10_000;

    /// <summary>What a clock can tell: the years 1 to 9999. Beyond them buckets end where it ends.</summary>
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly Granularity _width;
    private readonly long _origin;
    private readonly TimeZoneInfo _zone;

    private TimeBuckets(Granularity width, long origin, TimeZoneInfo zone) => (_width, _origin, _zone) = (width, origin, zone);

    /// <summary>Everything in one bucket.</summary>
    public bool IsAll => _width == default;

    /// <summary>From one start to the next, where all are as far from each other; else 0.</summary>
    public long Width => IsFixed ? _width.Milliseconds : 0;

    /// <summary>Whether bucket starts can be worked out by arithmetic alone: no months, no time zone.</summary>
    public bool IsFixed => _width.Months == 0 && _zone == TimeZoneInfo.Utc;

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

    /// <summary>The start of the bucket that a time lies in.</summary>
    public long StartOf(long time)
    {
        if (IsAll)
            return long.MinValue;
        var local = time + Offset(time);
        if (_width.Months == 0)
            return FromLocal(local - Modulo(local - _origin, _width.Milliseconds));
        var month = MonthOf(local);
        return FromLocal(StartOfMonth(month - Modulo(month, _width.Months)));
    }

    /// <summary>The start of the bucket after the one that starts here.</summary>
    public long After(long start)
    {
        if (Width > 0)
            return start + Width;
        var local = start + Offset(start);
        if (_width.Months == 0)
            return FromLocal(local + _width.Milliseconds);
        return FromLocal(StartOfMonth(MonthOf(local) + _width.Months));
    }

    /// <summary>The start of the bucket as SQL over the column __time; only for fixed buckets.</summary>
    public string Sql(string time)
    {
        var width = _width.Milliseconds;
        return width == 1
            ? time
            : string.Create(CultureInfo.InvariantCulture, $"({time} - ((({time} - {_origin}) % {width}) + {width}) % {width})");
    }

    /// <summary>2024-03-01T00:00:00.000Z, or with the zone's offset.</summary>
    public string Format(long time) => ZonedText(time) ?? CanonicalTimestamp.Of(time);

    /// <summary>The text of a time with its zone's offset; null in UTC, where it is the canonical one.</summary>
    public string? ZonedText(long time) => _zone == TimeZoneInfo.Utc
        ? null
        : TimeZoneInfo.ConvertTime(Instant(time), _zone).ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

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

    private long Offset(long time) => _zone == TimeZoneInfo.Utc ? 0 : (long)_zone.GetUtcOffset(Instant(time)).TotalMilliseconds;

    private static DateTimeOffset Instant(long time) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(time, Earliest, Latest));

    /// <summary>Local time back to UTC; around a change of the clock the offset after the first guess decides.</summary>
    private long FromLocal(long local)
    {
        var guess = local - Offset(local);
        return local - Offset(guess);
    }

    /// <summary>Months since 1970.</summary>
    private static long MonthOf(long time)
    {
        var date = Instant(time);
        return (date.Year - 1970) * 12 + date.Month - 1;
    }

    private static long StartOfMonth(long monthsSince1970)
    {
        var (year, month) = (1970 + (monthsSince1970 - Modulo(monthsSince1970, 12)) / 12, Modulo(monthsSince1970, 12) + 1);
        if (year < 1)
            return Earliest;
        if (year > 9999)
            return Latest + 1;
        return new DateTimeOffset((int)year, (int)month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }

    private static long Modulo(long value, long divisor) => (value % divisor + divisor) % divisor;
}
