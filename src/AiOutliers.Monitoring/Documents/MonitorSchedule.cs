using System.Diagnostics.CodeAnalysis;
using AiOutliers.Detection.Series;
using Cronos;

namespace AiOutliers.Monitoring.Documents;

/// <summary>
/// When a monitor's windows end: <c>every 5m</c>, or <c>cron 0 * * * * Europe/Madrid</c>. Times are milliseconds since 1970.
/// </summary>
public sealed class MonitorSchedule
{
    public const string Allowed = "'every 5m', or 'cron' with five fields and a time zone, such as 'cron 0 * * * * Europe/Madrid'";

    private const int CronFields = 5;

    private readonly long _every;
    private readonly CronExpression? _cron;
    private readonly TimeZoneInfo _zone;

    private MonitorSchedule(long every, CronExpression? cron, TimeZoneInfo zone) => (_every, _cron, _zone) = (every, cron, zone);

    public static bool TryParse(string text, [NotNullWhen(true)] out MonitorSchedule? schedule)
    {
        schedule = null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is ["every", var span] && TimeSpans.TryParse(span, out var every) && every >= TimeSpan.FromSeconds(1))
            schedule = new((long)every.TotalMilliseconds, null, TimeZoneInfo.Utc);
        else if (words is ["cron", ..] && words.Length is CronFields + 1 or CronFields + 2 && Zone(words) is { } zone
            && CronExpression.TryParse(string.Join(' ', words[1..(CronFields + 1)]), CronFormat.Standard, out var cron)
            && cron.GetNextOccurrence(DateTime.UnixEpoch, zone) is not null)
            schedule = new(0, cron, zone);
        return schedule is not null;
    }

    /// <summary>The first end of a window after a time.</summary>
    public long After(long time) => _cron is null
        ? (Floor(time, _every) + 1) * _every
        : Milliseconds(_cron.GetNextOccurrence(Utc(time), _zone) ?? DateTime.MaxValue.ToUniversalTime());

    /// <summary>The last end of a window at a time or before it.</summary>
    public long AtOrBefore(long time)
    {
        if (_cron is null)
            return Floor(time, _every) * _every;
        var until = Utc(time);
        // A cron that never comes true within a leap cycle was refused.
        foreach (var days in (ReadOnlySpan<int>)[1, 32, 367, 4 * 366])
        {
            if (_cron.GetOccurrences(until.AddDays(-days), until, _zone, fromInclusive: true, toInclusive: true).LastOrDefault() is var last
                && last != default)
                return Milliseconds(last);
        }
        return time;
    }

    /// <summary>The shortest of the next windows.</summary>
    public long Shortest(long time)
    {
        var shortest = long.MaxValue;
        var last = AtOrBefore(time);
        for (var i = 0; i < 10; i++)
        {
            var next = After(last);
            shortest = Math.Min(shortest, next - last);
            last = next;
        }
        return shortest;
    }

    private static long Floor(long time, long step) => time >= 0 ? time / step : -((-time + step - 1) / step);

    private static DateTime Utc(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime;

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();

    private static TimeZoneInfo? Zone(string[] words) =>
        words.Length == CronFields + 1 || words[^1] == "UTC" ? TimeZoneInfo.Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(words[^1], out var zone) && zone.HasIanaId ? zone : null;
}
