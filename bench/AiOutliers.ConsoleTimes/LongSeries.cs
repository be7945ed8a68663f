using System.Globalization;

namespace AiOutliers.ConsoleTimes;

/// <summary>A hundred thousand minutes of one sensor, as a file for the embedded engine.</summary>
internal static class LongSeries
{
    public const int Rows = 100_000;

    public static readonly DateTime Begin = new(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc);

    public static void Write(string folder)
    {
        using var file = new StreamWriter(Path.Combine(folder, "rb_flow.csv"));
        file.WriteLine("timestamp,sensor_name,sum_bytes,sum_pkts,events,clients");
        var random = new Random(1);
        for (var minute = 0; minute < Rows; minute++)
        {
            var daily = 2 + Math.Sin(minute * 2 * Math.PI / 1440);
            var bytes = 1e8 * daily * (0.9 + random.NextDouble() / 5) * (minute % 20_011 < 30 ? 6 : 1);
            file.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Begin.AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ},headquarters,"
                + $"{bytes:0},{bytes / 800:0},{bytes / 40_000:0},{20 * daily:0}"));
        }
    }
}
