using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Series;

public sealed class TimeGridTests
{
    private const long Minute = 60_000;

    [Fact]
    public void Of_RowsWithAGap_MissingRowsArePointsWithoutAValue()
    {
        var grid = TimeGrid.Of(Table(0, 5, 10, 25, 30));
        var points = new double[grid.Points];
        grid.Spread([1, 2, 3, 4, 5], points);

        grid.IsRegular.ShouldBeTrue();
        grid.PointsPerDay.ShouldBe(288);
        points.ShouldBe([1, 2, 3, double.NaN, double.NaN, 4, 5]);
        grid.Gather<double>(points).ShouldBe([1, 2, 3, 4, 5]);
        grid.RowsOf(3, 6).ShouldBe((3, 3));
        grid.RowsOf(3, 5).ShouldBe((3, 2));
    }

    [Fact]
    public void Of_CalendarDaysOfATimeZone_OnePointADay()
    {
        // The third day is an hour short, as in spring.
        var grid = TimeGrid.Of(Table(0, 1440, 2880, 4260, 5700));

        grid.IsRegular.ShouldBeTrue();
        grid.Points.ShouldBe(5);
        grid.PointsPerDay.ShouldBe(0);
    }

    [Theory]
    [InlineData("2024-03-31T00:00Z", 24, 25)]
    [InlineData("2024-10-27T00:00Z", 24, 23)]
    [InlineData("2024-07-01T00:00Z", 24, 24)]
    public void Of_HoursOfATimeZone_ADayHas24Points(string start, int rows, int points)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");
        var first = DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() / Minute;
        var grid = TimeGrid.Of(Table([.. Enumerable.Range(0, rows).Select(row => first + row * 60)]), zone);

        grid.IsRegular.ShouldBeTrue();
        grid.Points.ShouldBe(points);
        grid.TimeOf(points - 1).ShouldBe(first * Minute + (rows - 1) * 60 * Minute);
        grid.RowsOf(0, points).ShouldBe((0, rows - 1));
        Enumerable.Range(0, points).Count(grid.IsSkipped).ShouldBe(Math.Max(0, points - rows));
    }

    [Fact]
    public void Spread_TwoRowsShareAPoint_ItHasTheirMean()
    {
        var first = DateTimeOffset.Parse("2024-10-27T00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() / Minute;
        var grid = TimeGrid.Of(Table(first, first + 60, first + 120, first + 180), TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid"));
        var points = new double[grid.Points];
        grid.Spread([1, 2, 4, 8], points);

        points.ShouldBe([1, 3, 8]);
        grid.Gather<double>(points).ShouldBe([1, 3, 3, 8]);
        grid.RowsOf(1, 2).ShouldBe((1, 2));
        grid.RowsOf(2, 3).ShouldBe((3, 3));
    }

    [Fact]
    public void Of_SamplesCloserThanTheStep_TakesTheOrder()
    {
        var grid = TimeGrid.Of(Table(0, 5, 10, 11, 16, 21));

        grid.IsRegular.ShouldBeFalse();
        grid.Points.ShouldBe(6);
        grid.PointsPerDay.ShouldBe(288);
    }

    [Fact]
    public void Of_TwoRowsFarApart_DoesNotFillTheYearsBetween()
    {
        var grid = TimeGrid.Of(Table(0, 1, 2, 525_600_000));

        grid.IsRegular.ShouldBeFalse();
        grid.Points.ShouldBe(4);
    }

    [Fact]
    public void Of_GranularityOfTheQuery_WinsOverTheRows()
    {
        var grid = TimeGrid.Of(Table(0, 10, 20).Covering(new(StepMilliseconds: 5 * Minute)));

        grid.Points.ShouldBe(5);
        grid.PointsPerDay.ShouldBe(288);
    }

    [Fact]
    public void Of_OneRow_OnePoint() => TimeGrid.Of(Table(0)).Points.ShouldBe(1);

    private static MetricTable Table(params long[] minutes)
    {
        var builder = new MetricTableBuilder();
        foreach (var minute in minutes)
            builder.AddRow(minute * Minute, "");
        return builder.Build();
    }
}
