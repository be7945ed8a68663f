using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Detectors.Seasonal.Newest;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Newest;

/// <summary>Two weeks of a daily rhythm with noise at five minutes; what happens at their end.</summary>
public sealed class NewestPointTests
{
    private const int Day = 288, Points = 14 * Day;

    /// <summary>A Thursday, 18:00.</summary>
    private static readonly long End = DateTimeOffset.Parse("2024-09-19T18:00:00Z").ToUnixTimeMilliseconds();

    private static readonly NewestPoint Newest = new SeasonalScanDetector(new()).Newest;

    [Fact]
    public void Distance_OfOrdinaryValues_IsHardlyEverNear()
    {
        var values = Series(Points + Day);
        var known = Newest.Learn(values.AsSpan(0, Points), Day, End);

        Enumerable.Range(1, Day).Count(bucket => Newest.Distance(
            values.AsSpan(bucket, Points), Day, End + bucket * 300_000L, known).IsNear).ShouldBeLessThan(Day / 20);
    }

    [Theory]
    [InlineData(1, 5.0)]
    [InlineData(1, 0.1)]
    [InlineData(6, 1.8)]
    [InlineData(48, 1.5)]
    [InlineData(48, 0.6)]
    [InlineData(130, 1.5)]
    public void Distance_OfWhatAlarms_IsNear(int points, double factor)
    {
        var values = Series(Points);
        var known = Newest.Learn(values, Day, End);
        for (var back = 1; back <= points; back++)
            values[^back] *= factor;

        Newest.Distance(values, Day, End, known).IsNear.ShouldBeTrue();
    }

    [Fact]
    public void Distance_OfZeros_IsNearToAnOutage()
    {
        var values = Series(Points);
        var known = Newest.Learn(values, Day, End);
        values[^1] = values[^2] = 0;

        Newest.Distance(values, Day, End, known).Outage.ShouldBe(1);
    }

    [Fact]
    public void Distance_WithoutLevel_DoesNotLookAtIt()
    {
        var values = Series(Points);
        var known = Newest.Learn(values, Day, End);
        for (var back = 1; back <= 48; back++)
            values[^back] *= 1.5;

        var distance = Newest.Distance(values, Day, End, known, closely: false);

        distance.Level.ShouldBe(0);
        Newest.Distance(values, Day, End, known).Level.ShouldBeGreaterThan(0);
    }

    /// <summary>It is at the usual again, but no point before it says so.</summary>
    [Fact]
    public void Distance_OfALeapBackToTheUsual_IsToldWithoutACloserLook()
    {
        var values = Series(Points);
        var known = Newest.Learn(values, Day, End);
        values[^1] = Enumerable.Range(1, 13).Average(day => values[^(1 + day * Day)]);
        Newest.Distance(values, Day, End, known, closely: false).Sharp.ShouldBe(0);
        for (var back = 2; back <= 60; back++)
            values[^back] *= 0.5;

        Newest.Distance(values, Day, End, known, closely: false).Sharp.ShouldBeGreaterThan(0.75);
    }

    /// <summary>Half of a half hour is there at 18:15.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Distance_OnceAHalfHourBeginsToCount_LooksAtLevels(int buckets, bool does)
    {
        var values = Series(Points + buckets)[buckets..];
        var known = Newest.Learn(values, Day, End + buckets * 300_000L);
        for (var back = 1; back <= 48; back++)
            values[^back] *= 1.5;

        (Newest.Distance(values, Day, End + buckets * 300_000L, known, closely: false).Level > 0).ShouldBe(does);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Distance_OfWhatLastsOnAWorkingDay_DependsOnWeekendsThatDiffer(bool differ)
    {
        var values = Series(Points);
        for (var point = 0; point < Points && differ; point++)
        {
            var day = DateTimeOffset.FromUnixTimeMilliseconds(End - (Points - point) * 300_000L).DayOfWeek;
            var usual = Math.Sin(2 * Math.PI * point / Day);
            values[point] *= day is DayOfWeek.Saturday or DayOfWeek.Sunday ? (2 + 0.8 * usual) / (2 + usual) : 1;
        }
        var known = Newest.Learn(values, Day, End);
        for (var back = 1; back <= 130; back++)
            values[^back] *= 3;

        Newest.Distance(values, Day, End, known).DependsOnWeekends.ShouldBe(differ);
    }

    /// <summary>The detector's windows are as long as that.</summary>
    [Fact]
    public void Distance_HoursAfterAFlood_IsFarOnlyWhereNobodyLooksClosely()
    {
        var values = Series(Points);
        var known = Newest.Learn(values, Day, End);
        for (var back = 40; back < 48; back++)
            values[^back] *= 20;
        values[^1] = 1.07 * Enumerable.Range(1, 13).Average(day => values[^(1 + day * Day)]);

        Newest.Distance(values, Day, End, known, closely: false).Sustained.ShouldBe(0);
        Newest.Distance(values, Day, End, known).Sustained.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Distance_WithMissingValues_IsThatOfTheLineBetween()
    {
        var values = Series(Points);
        var known = Newest.Learn(values, Day, End);
        var filled = (double[])values.Clone();
        filled[^500] = (values[^501] + values[^499]) / 2;
        values[^500] = double.NaN;

        Newest.Distance(values, Day, End, known).ShouldBe(Newest.Distance(filled, Day, End, known));
    }

    [Theory]
    [InlineData(3 * Day, Day)]
    [InlineData(Points, 205)]
    [InlineData(Points, 0)]
    public void Learn_OfTooFewDays_OrOfNoHalfHours_KnowsNothing(int points, int pointsPerDay)
    {
        var values = Series(points);
        var known = Newest.Learn(values, pointsPerDay, End);

        known.IsLearned.ShouldBeFalse();
        Newest.Distance(values, pointsPerDay, End, known).ShouldBe(AlarmDistance.Unknown);
        AlarmDistance.Unknown.IsNear.ShouldBeTrue();
    }

    [Fact]
    public void Distance_OfSignedValues_IsNearWhereTheyJump()
    {
        double[] values = [.. Series(Points).Select(static value => value - 1_000_000)];
        var known = Newest.Learn(values, Day, End);
        Newest.Distance(values, Day, End, known).IsNear.ShouldBeFalse();
        values[^1] = 10_000_000;

        Newest.Distance(values, Day, End, known).IsNear.ShouldBeTrue();
    }

    /// <summary>Whatever cannot be told must be judged: it is never "ordinary" by a NaN.</summary>
    [Fact]
    public void IsNear_OfNotANumber_IsTrue() => new AlarmDistance(double.NaN, 0, 0, 0).IsNear.ShouldBeTrue();

    private static double[] Series(int points)
    {
        var random = new Random(7);
        var values = new double[points];
        for (var i = 0; i < points; i++)
        {
            var noise = Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
            values[i] = 1_000_000 * (2 + Math.Sin(2 * Math.PI * i / Day)) * (1 + 0.05 * noise);
        }
        return values;
    }
}
