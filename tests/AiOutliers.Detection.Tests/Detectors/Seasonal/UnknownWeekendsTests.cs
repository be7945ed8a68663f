using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

public sealed class UnknownWeekendsTests
{
    private const int PerDay = 288;

    // A Monday.
    private static readonly long Start = DateTimeOffset.Parse("2024-01-01T00:00Z").ToUnixTimeMilliseconds();

    [Fact]
    public void Cover_WeekendsDifferAndTheWeekIsUnknown_HidesWhatLiesThere()
    {
        var weekends = UnknownWeekends.In(Scan(weekend: 3, longPeriod: PerDay), Grid()).ShouldNotBeNull();

        weekends.Cover(new(5 * PerDay, 5 * PerDay + 50, 1, AlarmClasses.Sustained)).ShouldBeTrue();
        weekends.Cover(new(7 * PerDay, 7 * PerDay + 50, 1, AlarmClasses.Sustained)).ShouldBeTrue();
        weekends.Cover(new(2 * PerDay, 2 * PerDay + 50, 1, AlarmClasses.Sustained)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, PerDay)]
    [InlineData(3, 7 * PerDay)]
    [InlineData(3, 0)]
    public void In_WeekendsAlikeOrWeekKnownOrNoSeason_HidesNothing(double weekend, int longPeriod) =>
        UnknownWeekends.In(Scan(weekend, longPeriod), Grid()).ShouldBeNull();

    private static SeasonalScanResult Scan(double weekend, int longPeriod)
    {
        var n = 14 * PerDay;
        var deviation = new double[n];
        for (var i = 0; i < n; i++)
            deviation[i] = i / PerDay % 7 >= 5 ? weekend : 1;
        return new()
        {
            State = SeasonalScanState.Judged,
            Known = [.. Enumerable.Range(0, deviation.Length)],
            LongPeriod = longPeriod,
            Deviation = deviation,
            Alarms = new AlarmClasses[n],
            Range = [],
            Point = [],
            Wide = [],
            Sustained = [],
            SharpEnergy = [],
            Expected = [],
            Lower = [],
            Upper = [],
            Transform = default,
            Scale = [],
        };
    }

    private static TimeGrid Grid()
    {
        var builder = new MetricTableBuilder();
        for (var row = 0; row < 14 * PerDay; row++)
            builder.AddRow(Start + row * 300_000L, "");
        return TimeGrid.Of(builder.Build());
    }
}
