using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>
/// Times of day on a clock, such as <c>mon-fri 08:00-18:00 Europe/Madrid</c>. An end before the begin lies on the next day.
/// </summary>
public sealed class DayTimes
{
    public const string Allowed = "days, times and a time zone, such as 'mon-fri 08:00-18:00 Europe/Madrid'";

    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly int _firstDay;
    private readonly int _lastDay;
    private readonly TimeOnly _from;
    private readonly TimeOnly _to;
    private readonly TimeZoneInfo _zone;

    private DayTimes(int firstDay, int lastDay, TimeOnly from, TimeOnly to, TimeZoneInfo zone) =>
        (_firstDay, _lastDay, _from, _to, _zone) = (firstDay, lastDay, from, to, zone);

    public static bool TryParse(string text, [NotNullWhen(true)] out DayTimes? times)
    {
        times = null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (2 or 3))
            return false;
        var (days, hours) = (words[0].Split('-'), words[1].Split('-'));
        var (first, last) = (Array.IndexOf(Names, days[0]), Array.IndexOf(Names, days[^1]));
        var zone = words.Length == 2 || words[2] == "UTC" ? TimeZoneInfo.Utc
            : TimeZoneInfo.TryFindSystemTimeZoneById(words[2], out var found) ? found : null;
        if (days.Length <= 2 && first >= 0 && last >= 0 && zone is not null && hours.Length == 2
            && Time(hours[0]) is { } from && Time(hours[1] == "24:00" ? "00:00" : hours[1]) is { } to)
            times = new(first, last, from, to, zone);
        return times is not null;
    }

    /// <param name="time">Milliseconds since 1970.</param>
    public bool Contains(long time)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(time), _zone);
        var clock = TimeOnly.FromTimeSpan(local.TimeOfDay);
        if (_from < _to)
            return clock >= _from && clock < _to && HasDay((int)local.DayOfWeek);
        // Past midnight it is the evening before whose day counts.
        return clock >= _from ? HasDay((int)local.DayOfWeek) : clock < _to && HasDay(((int)local.DayOfWeek + 6) % 7);
    }

    private bool HasDay(int day) => _firstDay <= _lastDay ? day >= _firstDay && day <= _lastDay : day >= _firstDay || day <= _lastDay;

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
