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

    private readonly Granularity _width;
    private readonly long _origin;
    private readonly TimeZoneInfo _zone;

    private TimeBuckets(Granularity width, long origin, TimeZoneInfo zone) => (_width, _origin, _zone) = (width, origin, zone);

    /// <summary>Everything in one bucket.</summary>
    public bool IsAll => _width == default;

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
        var date = DateTimeOffset.FromUnixTimeMilliseconds(local);
        var month = (date.Year - 1970) * 12 + date.Month - 1;
        return FromLocal(StartOfMonth(month - (int)Modulo(month, _width.Months)));
    }

    /// <summary>The start of the bucket after the one that starts here.</summary>
    public long After(long start)
    {
        var local = start + Offset(start);
        if (_width.Months == 0)
            return FromLocal(local + _width.Milliseconds);
        var date = DateTimeOffset.FromUnixTimeMilliseconds(local);
        return FromLocal(StartOfMonth((date.Year - 1970) * 12 + date.Month - 1 + _width.Months));
    }

    /// <summary>The start of the bucket as SQL over the column __time; only for fixed buckets.</summary>
    public string Sql(string time) => _width.Milliseconds == 1
        ? time
        : string.Create(CultureInfo.InvariantCulture, $"({time} - ((({time} - {_origin}) % {_width.Milliseconds}) + {_width.Milliseconds}) % {_width.Milliseconds})");

    /// <summary>2024-03-01T00:00:00.000Z, or with the zone's offset.</summary>
    public string Format(long time)
    {
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(time);
        return _zone == TimeZoneInfo.Utc
            ? instant.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)
            : TimeZoneInfo.ConvertTime(instant, _zone).ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
    }

    private static TimeBuckets Periods(Granularity width, long? origin, TimeZoneInfo zone)
    {
        if (width.Months > 0 && (width.Milliseconds > 0 || origin is not null))
            throw Unsupported.Feature("a granularity of months together with shorter parts or an origin");
        if (origin is not null && zone != TimeZoneInfo.Utc)
            throw Unsupported.Feature("a granularity with both an origin and a time zone");
        // As Druid has it, one week begins on a Monday, and several are counted from 1970-01-01, a Thursday.
        return new(width, origin ?? (width.Milliseconds == 7 * Day ? FirstMonday : 0), zone);
    }

    private static long Duration(GranularitySpec spec) =>
        spec.TryField("duration", out var value) && value.ValueKind == System.Text.Json.JsonValueKind.Number && value.TryGetInt64(out var milliseconds) && milliseconds > 0
            ? milliseconds
            : throw Unsupported.Wrong("the duration of its granularity is no number of milliseconds");

    private static long? Origin(GranularitySpec spec) => spec.Field("origin") is not { } text ? null
        : Timestamps.TryParse(text, out var time) ? time : throw Unsupported.Wrong($"the origin '{text}' of its granularity is no ISO 8601 time");

    private static TimeZoneInfo Zone(string? name)
    {
        if (name is null or "UTC" or "Etc/UTC" or "Z")
            return TimeZoneInfo.Utc;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new AiOutliersException(ErrorKind.BadInput, $"the time zone '{(name.Length > 60 ? name[..60] : name)}' is not known here; use an IANA name such as Europe/Madrid (package tzdata)");
    }

    private long Offset(long time) => _zone == TimeZoneInfo.Utc ? 0 : (long)_zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(time)).TotalMilliseconds;

    /// <summary>Local time back to UTC; around a change of the clock the offset after the first guess decides.</summary>
    private long FromLocal(long local)
    {
        var guess = local - Offset(local);
        return local - Offset(guess);
    }

    private static long StartOfMonth(int monthsSince1970)
    {
        var years = (int)Math.Floor(monthsSince1970 / 12.0);
        return new DateTimeOffset(1970 + years, monthsSince1970 - years * 12 + 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }

    private static long Modulo(long value, long divisor) => (value % divisor + divisor) % divisor;
}
