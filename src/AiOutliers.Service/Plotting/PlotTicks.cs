using System.Globalization;

namespace AiOutliers.Service.Plotting;

/// <summary>Where an axis is marked.</summary>
internal static class PlotTicks
{
    private const string TimeOfDay = "HH:mm";
    private const long MillisecondsPerDay = 86_400_000;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
        TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7), TimeSpan.FromDays(14),
        TimeSpan.FromDays(28), TimeSpan.FromDays(91), TimeSpan.FromDays(364),
    ];

    /// <summary>Multiples of 1, 2 or 5 times a power of ten within the range, about as many as asked for.</summary>
    public static IEnumerable<double> OfValues(double minimum, double maximum, int about)
    {
        var raw = (maximum - minimum) / about;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 5 => 5,
            _ => 10,
        };
        for (var k = Math.Ceiling(minimum / step); k * step <= maximum * (1 + 1e-12); k++)
            yield return k == 0 ? 0 : k * step;
    }

    /// <summary>Round times within the range, at most as many as asked for; and how to write them.</summary>
    public static (IReadOnlyList<long> Times, string Format) OfTimes(long first, long last, int maximum)
    {
        var step = Steps.FirstOrDefault(step => (last - first) / step.TotalMilliseconds <= maximum, Steps[^1]);
        var width = (long)step.TotalMilliseconds;
        var ticks = new List<long>();
        // 1970 began on a Thursday; weeks are marked on Mondays.
        var origin = step.Days % 7 == 0 && step.Days > 0 ? 4 * MillisecondsPerDay : 0;
        for (var time = (long)Math.Ceiling((first - origin) / (double)width) * width + origin; time <= last; time += width)
            ticks.Add(time);
        return (ticks, step < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : step < TimeSpan.FromDays(1) ? TimeOfDay : "MMM d");
    }

    /// <summary>Among times of day, midnight is written as the date that begins.</summary>
    public static string Format(long time, string format) =>
        format == TimeOfDay && time % MillisecondsPerDay == 0
            ? Format(time, "MMM d")
            : DateTimeOffset.FromUnixTimeMilliseconds(time).ToString(format, CultureInfo.InvariantCulture);
}
