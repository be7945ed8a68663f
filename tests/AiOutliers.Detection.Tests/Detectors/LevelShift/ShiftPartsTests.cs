using AiOutliers.Detection.Detectors.LevelShift;
using AiOutliers.Detection.Incidents;
using CsCheck;

namespace AiOutliers.Detection.Tests.Detectors.LevelShift;

public sealed class ShiftPartsTests
{
    private const double Exact = 1e-12;

    [Fact]
    public void MedianOf_AnyValues_IsThatOfTheSorted() => Gen.OneOf(Gen.Double[-5, 5].Array[1, 1500], Gen.Int[0, 3].Select(static i => (double)i).Array[1, 1500]).Sample(values =>
    {
        var sorted = values.Order().ToArray();

        Median.Of([.. values]).ShouldBe((sorted[(values.Length - 1) / 2] + sorted[values.Length / 2]) / 2, Exact);
    });

    [Fact]
    public void MedianOf_OrderedOrEqual_EndsSoon()
    {
        Median.Of([.. Enumerable.Range(0, 200_001).Select(static i => (double)i)]).ShouldBe(100_000);
        Median.Of([.. Enumerable.Range(0, 200_000).Select(static i => (double)-i)]).ShouldBe(-99_999.5);
        Median.Of(new double[200_000]).ShouldBe(0);
        Median.Of([]).ShouldBe(double.NaN);
    }

    [Fact]
    public void SortedWindow_AddAndRemove_KeepsTheMedian() => Gen.Double[-5, 5].Array[20, 60].Sample(values =>
    {
        var window = new SortedWindow(new double[8]);
        for (var i = 0; i < values.Length; i++)
        {
            window.Add(values[i]);
            if (window.Count > 7)
                window.Remove(values[i - 7]);
            window.Median.ShouldBe(Median.Of(values[Math.Max(0, i - 6)..(i + 1)]));
        }
    });

    [Theory]
    [InlineData(2016, 288, 336)]
    [InlineData(2016 + 3, 288, 337)] // the last block half there
    [InlineData(2016 + 2, 288, 336)]
    [InlineData(700, 100, 336)] // blocks of two and three points
    [InlineData(240, 24, 240)]
    public void Count_Points_CountsABlockFromItsHalf(int points, int pointsPerDay, int blocks) => new DayGrid(pointsPerDay).Count(points).ShouldBe(blocks);

    [Theory]
    [InlineData(StepFit.None)]
    [InlineData(4)]
    public void StepFits_StepAndWeekend_AreSeparated(int known)
    {
        var levels = Enumerable.Range(0, 14).Select(static day => 5 + (day >= 8 ? 0.5 : 0) - (StepFit.IsWeekend(day, 4) ? 1 : 0)).ToArray();
        levels[2] = double.NaN;

        var fits = StepFits.Of(levels, 0, levels.Length, known, new StepFit[StepFits.Room]);

        fits.Best.Step.ShouldBe(8);
        fits.Best.Weekend.ShouldBe(4);
        fits.Best.Change.ShouldBe(0.5, Exact);
        fits.Best.WeekendOffset.ShouldBe(-1, Exact);
        fits.Best.Cost.ShouldBe(0, Exact);
        fits.Flat.Cost.ShouldBeGreaterThan(2);
    }

    [Theory]
    [InlineData("flat", IncidentKind.LevelShift)]
    [InlineData("tent", IncidentKind.Ramp)]
    [InlineData("rise", IncidentKind.Ramp)]
    [InlineData("fall", IncidentKind.Ramp)]
    [InlineData("no hill", IncidentKind.MissingPeak)]
    public void Of_Form_IsNamed(string form, IncidentKind kind)
    {
        var grid = new DayGrid(288);
        var shape = Enumerable.Range(0, 48).Select(static phase => 0.8 * Math.Sin(2 * Math.PI * (phase - 12) / 48)).ToArray();
        var y = new double[10 * 48];
        for (var i = 0; i < 16; i++)
        {
            var progress = (i + 0.5) / 16;
            y[256 + i] = form switch
            {
                "flat" => 0.4,
                "tent" => 0.8 * (1 - Math.Abs(2 * progress - 1)),
                "rise" => 0.8 * progress,
                "fall" => 0.8 * (1 - progress),
                _ => -shape[(256 + i) % 48],
            };
        }

        PulseKind.Of(new(256, 272, y[264] > 0 ? 0.4 : -0.4, 5), y, shape, grid).ShouldBe(kind);
    }

    [Fact]
    public void FillSides_KnownWeekends_IsTheMeanOfNearAndFar() => Gen.Double[-5, 5].Array[60, 160].Sample(y =>
    {
        var grid = new DayGrid(288);
        var (before, after) = (new double[y.Length + 1], new double[y.Length + 1]);

        PulseSides.Fill(y, grid, new(default, true), before, after);

        for (var i = 0; i <= y.Length; i++)
        {
            before[i].ShouldBe(i < 12 ? double.NaN : (Before(i, 12) + Before(i, 48)) / 2);
            after[i].ShouldBe(i > y.Length - 12 ? double.NaN : (After(i, 12) + After(i, 48)) / 2);
        }

        double Before(int end, int side) => Median.Of(y[Math.Max(0, end - side)..end]);

        double After(int start, int side) => Median.Of(y[start..Math.Min(y.Length, start + side)]);
    }, iter: 20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Spread_NormalValues_IsTheirDeviation(bool knowsWeekends)
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 4000).Select(_ => 0.3 * Normal(random)).ToArray();
        var rules = new PulseRules(default, knowsWeekends);

        rules.Spread(values).ShouldBe(0.3, 0.015);
        rules.Spread([]).ShouldBe(double.NaN);
    }

    [Fact]
    public void Share_LongerWindow_IsLessWhereWeekendsAreKnown()
    {
        var (known, unknown) = (new PulseRules(default, true), new PulseRules(default, false));

        known.Share(2).ShouldBe(Math.Pow(0.8, -0.2), Exact);
        known.Share(6).ShouldBeLessThan(known.Share(4));
        known.Share(12).ShouldBe(Math.Pow(4.8, -0.2), Exact);
        unknown.Share(12).ShouldBe(1);
    }

    /// <summary>The sum of twelve uniform numbers is close to normal, with variance 1.</summary>
    private static double Normal(Random random) => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
}
