using AiOutliers.Detection;
using AiOutliers.Detection.Series;

namespace AiOutliers.Druid.Responses;

/// <summary>
/// Turns the times of a clock, which have no offset, into instants, row by row. In the hour that the clock shows twice, a time that lies
/// before the row in front of it is of the second hour. A time that the clock skips counts as if it had not been put forward.
/// </summary>
public sealed class LocalTimes(TimeZoneInfo zone)
{
    private long _previous = long.MinValue;
    private long _skipped;
    private long _repeated;
    private bool _isUsed;

    /// <summary>The instant of a time on the clock.</summary>
    /// <param name="local">Milliseconds since 1970, as if the clock showed UTC.</param>
    public long ToInstant(long local)
    {
        _isUsed = true;
        var time = Clock(local);
        if (zone.IsAmbiguousTime(time))
        {
            _repeated++;
            var offsets = zone.GetAmbiguousTimeOffsets(time);
            var first = Before(local, offsets.Max());
            return _previous = first < _previous ? Before(local, offsets.Min()) : first;
        }
        _skipped += zone.IsInvalidTime(time) ? 1 : 0;
        return _previous = Before(local, zone.GetUtcOffset(time));
    }

    /// <summary>A row that says itself when it was.</summary>
    public long Pass(long instant) => _previous = instant;

    /// <summary>Whether the clock shows the time of an instant twice.</summary>
    public bool IsRepeated(long instant) => zone.IsAmbiguousTime(CanonicalTimestamp.Instant(instant));

    /// <summary>What the user should know.</summary>
    public IEnumerable<string> Warnings()
    {
        if (_isUsed)
            yield return $"Times without an offset are those of the clock of {zone.Id}.";
        if (_skipped > 0)
        {
            yield return $"{Counted.Of(_skipped, "row")} of an hour that the clock of {zone.Id} skips: "
                + "it counts as if it had not been put forward.";
        }
        if (_repeated > 0)
        {
            yield return $"{Counted.Of(_repeated, "row")} of an hour that the clock of {zone.Id} shows twice: "
                + "where its times begin again, the second begins.";
        }
    }

    private static DateTime Clock(long local) =>
        DateTime.SpecifyKind(CanonicalTimestamp.Instant(local).UtcDateTime, DateTimeKind.Unspecified);

    private static long Before(long local, TimeSpan offset) => local - (long)offset.TotalMilliseconds;
}
