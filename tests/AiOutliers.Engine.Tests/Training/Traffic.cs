using System.Globalization;
using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Tests.Training;

/// <summary>Invented days of 15 minutes: every metric follows the hour, with some noise.</summary>
internal static class Traffic
{
    private const int PerDay = 96;

    /// <param name="days">How many.</param>
    /// <param name="change">Row, metric, value: what it is instead.</param>
    /// <param name="metrics">Their names; null takes bytes and flows.</param>
    public static MetricTable Days(int days, Func<int, string, double, double>? change = null, IEnumerable<string>? metrics = null)
    {
        var (random, builder) = (new Random(7), new MetricTableBuilder());
        var names = (metrics ?? ["bytes", "flows"]).Where(static metric => metric != "granularity").ToArray();
        for (var row = 0; row < days * PerDay; row++)
        {
            var time = DateTimeOffset.UnixEpoch.AddMinutes(15 * row);
            builder.AddRow(time.ToUnixTimeMilliseconds(), time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            var level = Math.Exp(2 + Math.Sin(2 * Math.PI * row / PerDay) + 0.05 * random.NextDouble());
            foreach (var name in names)
            {
                var value = (name == "bytes" ? 1e8 : 1e4) * level * (1 + 0.05 * random.NextDouble());
                builder.Set(builder.ColumnOf(name), change?.Invoke(row, name, value) ?? value);
            }
        }
        return builder.Build();
    }
}
