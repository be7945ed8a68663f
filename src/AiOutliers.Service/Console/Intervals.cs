using System.Globalization;

namespace AiOutliers.Service.Console;

/// <summary>Intervals as Druid takes them.</summary>
internal static class Intervals
{
    public static string Text(long from, long until) => $"{Time(from)}/{Time(until)}";

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
