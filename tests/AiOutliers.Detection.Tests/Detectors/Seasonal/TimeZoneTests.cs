using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>Traffic of a place with summer time, on the hour of UTC: its mornings move by an hour twice a year.</summary>
public sealed class TimeZoneTests
{
    private const int PerDay = 288;
    private const int Days = 21;

    private static readonly TimeZoneInfo Madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    [Theory]
    [InlineData("2024-03-17T00:00Z")]
    [InlineData("2024-10-13T00:00Z")]
    public void Detect_ClockChanges_NothingIsOddOnTheClockOfThePlace(string start)
    {
        var table = Table(At(start), static (_, usual) => usual);

        new SeasonalScanDetector(new()).Detect(table, "bytes").AnomalyCount.ShouldBeGreaterThan(0);
        new SeasonalScanDetector(new() { TimeZone = Madrid }).Detect(table, "bytes").AnomalyCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("2024-03-17T00:00Z")]
    [InlineData("2024-10-13T00:00Z")]
    public void Detect_FloodAfterTheChange_IsTheSameRowsAndTimes(string start)
    {
        var flood = (17 * PerDay + 100, 17 * PerDay + 106);
        var table = Table(At(start), (row, usual) => row >= flood.Item1 && row < flood.Item2 ? 4 * usual : usual);

        var result = new SeasonalScanDetector(new() { TimeZone = Madrid }).Detect(table, "bytes");

        Enumerable.Range(flood.Item1, 6).ShouldAllBe(row => result.Anomalies[row]);
        var incident = result.Incidents.ShouldHaveSingleItem();
        incident.Start.ShouldBeInRange(table.Times[flood.Item1 - 2], table.Times[flood.Item1]);
        incident.End.ShouldBeInRange(table.Times[flood.Item2], table.Times[flood.Item2 + 2]);
        // 08:20 UTC.
        incident.Reason.ShouldContain(start.StartsWith("2024-03", StringComparison.Ordinal) ? " 10:" : " 09:");
    }

    [Fact]
    public void Detect_SkippedHour_IsNoGap()
    {
        var table = Table(At("2024-03-17T00:00Z"), static (_, usual) => usual);

        new SeasonalScanDetector(new() { TimeZone = Madrid, IgnoreGaps = false }).Detect(table, "bytes").Incidents.ShouldBeEmpty();
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Nights of a tenth, mornings that rise within two hours.</summary>
    private static MetricTable Table(DateTimeOffset start, Func<int, double, double> change)
    {
        var random = new Random(5);
        var builder = new MetricTableBuilder();
        var column = builder.ColumnOf("bytes");
        for (var row = 0; row < Days * PerDay; row++)
        {
            var time = start.AddMinutes(5 * row);
            var hour = TimeZoneInfo.ConvertTime(time, Madrid).TimeOfDay.TotalHours;
            var day = 0.1 + Logistic(3 * (hour - 8)) * Logistic(2 * (19 - hour));
            var noise = 0.05 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
            builder.AddRow(time.ToUnixTimeMilliseconds(), CanonicalTimestamp.Of(time.ToUnixTimeMilliseconds()));
            builder.Set(column, change(row, 1e6 * day * Math.Exp(noise)));
        }
        return builder.Build();
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
