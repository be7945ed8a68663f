using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Detection.Incidents;
using AiOutliers.Samples.Suite;
using CsCheck;

namespace AiOutliers.Detection.Tests.Detectors.LevelShift;

public sealed class ShiftAlarmTests
{
    private const int PointsPerDay = 288;

    /// <summary>Three hours: without noise, any window inside the shift is as clear as the whole of it.</summary>
    private const int Tolerance = 36;

    [Theory]
    [InlineData(0, 2016)]
    [InlineData(23, 2016)]
    [InlineData(PointsPerDay, 0)]
    [InlineData(PointsPerDay, 1)]
    [InlineData(PointsPerDay, 4 * PointsPerDay - 1)]
    [InlineData(int.MaxValue, 2016)]
    public void Find_TooLittleToJudge_FindsNothing(int pointsPerDay, int points)
    {
        ShiftAlarm.IsJudged(points, pointsPerDay).ShouldBeFalse();
        ShiftAlarm.Find(WithShift(7).AsSpan(0, points), pointsPerDay, Sensitivity.High).ShouldBeEmpty();
    }

    [Fact]
    public void Find_NothingToCompare_FindsNothing()
    {
        var points = 10 * PointsPerDay;
        var sparse = new double[points];
        for (var i = 0; i < points; i += 40)
            sparse[i] = i;

        foreach (var values in new[] { new double[points], Repeat(5), Repeat(-5), Repeat(double.NaN), Repeat(double.PositiveInfinity), sparse })
        {
            ShiftAlarm.Find(values, PointsPerDay, Sensitivity.High).ShouldBeEmpty();
            ShiftAlarm.Find(values, PointsPerDay, Sensitivity.High, Calendar).ShouldBeEmpty();
        }

        double[] Repeat(double value) => [.. Enumerable.Repeat(value, points)];
    }

    [Fact]
    public void Find_TimesAPowerOfTwo_FindsTheSame() => Gen.Select(Gen.Int[0, 30], Gen.Int[-60, 60], Gen.Bool).Sample((seed, exponent, calendar) =>
    {
        var series = SuiteGenerator.Make(SuiteType.Mixed, seed, 8, 15);
        var when = calendar ? new ShiftCalendar(series.Start, series.Step) : null;
        var scaled = series.Values.Select(value => Math.ScaleB(value, exponent)).ToArray();

        ShiftAlarm.Find(scaled, 96, Sensitivity.High, when).ShouldBe(ShiftAlarm.Find(series.Values, 96, Sensitivity.High, when));
    }, iter: 60);

    [Fact]
    public void Find_NegativeValues_GivesTheDifference()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 10 * PointsPerDay).Select(i => 10 * Math.Sin(2 * Math.PI * i / PointsPerDay) + random.NextDouble()).ToArray();
        for (var i = 1500; i < 1572; i++)
            values[i] += 40;

        var found = ShiftAlarm.Find(values, PointsPerDay, Sensitivity.Normal).ShouldHaveSingleItem();

        found.Direction.ShouldBe(1);
        found.Start.ShouldBeInRange(1500 - Tolerance, 1500 + Tolerance);
        found.End.ShouldBeInRange(1572 - Tolerance, 1572 + Tolerance);
        found.Size.ShouldBe(40, 2);
    }

    [Fact]
    public void Find_AFifthMissing_FindsTheShiftAllTheSame()
    {
        var random = new Random(5);
        var values = WithShift(10);
        for (var i = 0; i < values.Length; i++)
        {
            if (random.Next(5) == 0)
                values[i] = random.Next(2) == 0 ? double.NaN : double.PositiveInfinity;
        }

        var found = ShiftAlarm.Find(values, PointsPerDay, Sensitivity.Normal).ShouldHaveSingleItem();

        found.Lasting.ShouldBeFalse();
        found.Start.ShouldBeInRange(1500 - Tolerance, 1500 + Tolerance);
        found.Size.ShouldBe(2, 0.2);
        found.Kind.ShouldBe(IncidentKind.LevelShift);
    }

    [Fact]
    public void Find_AnySeries_StaysWithinIt() => Gen.Select(Gen.Int[24, 400], Gen.Int[0, 3000], Gen.Int[0, 1000]).Sample((pointsPerDay, points, seed) =>
    {
        var random = new Random(seed);
        var values = new double[points];
        for (var i = 1; i < points; i++)
            values[i] = random.Next(10) == 0 ? double.NaN : Math.Abs(double.IsNaN(values[i - 1]) ? 1 : values[i - 1] + random.NextDouble() - 0.5);

        foreach (var calendar in new[] { null, Calendar })
        {
            foreach (var found in ShiftAlarm.Find(values, pointsPerDay, Sensitivity.High, calendar))
            {
                (found.Start >= 0 && found.Start < found.End && found.End <= points).ShouldBeTrue();
                (double.IsFinite(found.Score) && found.Score > 0 && found.Size > 0 && found.Size > 1 == found.Direction > 0).ShouldBeTrue();
            }
        }
    }, iter: 200);

    [Fact]
    public void Find_SameHourTwice_IsNoAnomaly()
    {
        var values = WithShift(10);
        ShiftAlarm.Find(values, PointsPerDay, Sensitivity.Normal).ShouldHaveSingleItem();
        for (var i = 1500 + 2 * PointsPerDay; i < 1572 + 2 * PointsPerDay; i++)
            values[i] *= 2;

        ShiftAlarm.Find(values, PointsPerDay, Sensitivity.Normal).ShouldBeEmpty();
    }

    [Fact]
    public void Find_StillRunning_IsFound()
    {
        var values = WithShift(10);

        var found = ShiftAlarm.Find(values.AsSpan(0, 1548), PointsPerDay, Sensitivity.High);

        // Five days are too short a history for what has one side only; nine are enough.
        found.ShouldBeEmpty();
        var late = Enumerable.Range(0, 2880).Select(i => i >= 2880 - 40 ? 2 * Usual(i) : Usual(i)).ToArray();
        ShiftAlarm.Find(late, PointsPerDay, Sensitivity.Normal).ShouldContain(one => one.Direction == 1 && one.Start >= 2880 - 60);
    }

    private static ShiftCalendar Calendar => new(new(2024, 9, 4, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(5));

    /// <summary>Twice the usual for six hours from point 1500 on.</summary>
    private static double[] WithShift(int days) => [.. Enumerable.Range(0, days * PointsPerDay).Select(static i => i is >= 1500 and < 1572 ? 2 * Usual(i) : Usual(i))];

    /// <summary>A day between 1 and 3, with a little that is not the same every day.</summary>
    private static double Usual(int point) => (2 - Math.Cos(2 * Math.PI * point / PointsPerDay)) * (1 + 0.02 * Math.Sin(point * 0.37) + 0.02 * Math.Sin(point * 0.0113));
}
