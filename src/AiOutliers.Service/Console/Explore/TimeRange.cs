using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;

namespace AiOutliers.Service.Console.Explore;

/// <summary>A stretch of time, in milliseconds since 1970.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Until">Where it ends; that moment is outside.</param>
public sealed record TimeRange(long From, long Until)
{
    private const long Day = 86_400_000;

    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static readonly string[] Formats =
        ["yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd"];

    /// <summary>The spans that pages offer.</summary>
    public static IReadOnlyList<string> Offered { get; } = ["1h", "6h", "24h", "7d", "28d"];

    public bool Has(long time) => time >= From && time < Until;

    public TimeSpan Length => TimeSpan.FromMilliseconds(Until - From);

    /// <summary>
    /// As an address says it, <c>FROM/UNTIL</c> in milliseconds; null where it is not a stretch between the years 1 and 9999.
    /// </summary>
    public static TimeRange? Read(string text) =>
        text.Split('/') is [var from, var until] && long.TryParse(from, out var first) && long.TryParse(until, out var last)
        && first < last && first >= Earliest && last <= Latest ? new(first, last) : null;

    /// <summary>So long before the end of the data or, where it still comes in, before now.</summary>
    public static TimeRange Last(string span, (long First, long Last)? bounds, DateTimeOffset now)
    {
        if (!TimeSpans.TryParse(span, out var length))
            throw new AiOutliersException(ErrorKind.BadInput, $"last = '{span}' is not allowed; it takes {TimeSpans.Allowed}");
        var end = End(bounds, now);
        return new(end - (long)length.TotalMilliseconds, end);
    }

    /// <summary>Where the data ends or, where it still comes in, now; in whole minutes.</summary>
    public static long End((long First, long Last)? bounds, DateTimeOffset now)
    {
        const long Minute = 60_000;
        var end = Math.Min(now.ToUnixTimeMilliseconds(), bounds is { } known ? known.Last + 1 : long.MaxValue);
        return (end + Minute - 1) / Minute * Minute;
    }

    /// <param name="from">A time as people write it, in the zone, or with an offset; null takes a day before the other.</param>
    /// <param name="until">The same; null takes the end of the data.</param>
    /// <param name="zone">Where times without an offset are meant.</param>
    /// <param name="end">Where the data ends.</param>
    public static TimeRange Between(string? from, string? until, TimeZoneInfo zone, long end)
    {
        var last = Time("to", until, zone) ?? end;
        var range = new TimeRange(Time("from", from, zone) ?? Math.Max(last - Day, Earliest), last);
        return range.From < range.Until ? range : throw Backwards(from, until);
    }

    /// <summary>It would end before it begins.</summary>
    public static AiOutliersException Backwards(string? from, string? until) =>
        new(ErrorKind.BadInput, $"from = '{from}' is not before to = '{until}'");

    /// <summary>What of it has been.</summary>
    /// <exception cref="AiOutliersException">It is yet to come.</exception>
    public TimeRange Before(long now) =>
        Until <= now ? this
        : From < now ? this with { Until = now }
        : throw new AiOutliersException(
            ErrorKind.BadInput, $"from = {CanonicalTimestamp.Of(From)} is yet to come: it is {CanonicalTimestamp.Of(now)}");

    /// <param name="name">What the address calls it.</param>
    /// <param name="text">A time as people write it, in the zone, or with an offset; null is none.</param>
    /// <param name="zone">Where times without an offset are meant.</param>
    /// <exception cref="AiOutliersException">It is not a time.</exception>
    public static long? Time(string name, string? text, TimeZoneInfo zone)
    {
        if (text is null)
            return null;
        if (DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            // An hour that summer time leaves out is taken as the one after it.
            var offset = zone.IsInvalidTime(local) ? zone.BaseUtcOffset : zone.GetUtcOffset(local);
            // At the ends of the calendar a zone changes nothing.
            var ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
            return new DateTimeOffset(ticks, TimeSpan.Zero).ToUnixTimeMilliseconds();
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw new AiOutliersException(ErrorKind.BadInput, $"{name} = '{text}' is not a time; write it as 2024-09-24 14:10");
    }
}
