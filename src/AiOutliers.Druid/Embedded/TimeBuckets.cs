using System.Globalization;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Embedded;

/// <summary>The buckets of a granularity: where each begins, as Druid places them. Times are milliseconds since 1970.</summary>
internal sealed class TimeBuckets
{
    /// <summary>What a clock can tell: the years 1 to 9999. Beyond them buckets end where it ends.</summary>
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly Granularity _width;
    private readonly long _origin;
    private readonly TimeZoneInfo _zone;

    /// <param name="width">From one start to the next; none: everything in one bucket.</param>
    /// <param name="origin">Where one of them begins.</param>
    /// <param name="zone">By whose clock they begin.</param>
    public TimeBuckets(Granularity width, long origin, TimeZoneInfo zone) => (_width, _origin, _zone) = (width, origin, zone);

    /// <summary>Everything in one bucket.</summary>
    public bool IsAll => _width == default;

    /// <summary>From one start to the next, where all are as far from each other; else 0.</summary>
    public long Width => IsFixed ? _width.Milliseconds : 0;

    /// <summary>Whether bucket starts can be worked out by arithmetic alone: no months, no time zone.</summary>
    public bool IsFixed => _width.Months == 0 && _zone == TimeZoneInfo.Utc;

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
