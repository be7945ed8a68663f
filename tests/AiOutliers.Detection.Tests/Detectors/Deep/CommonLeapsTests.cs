using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Tests.Numerics;
using CsCheck;
using RandomSeries = AiOutliers.Detection.Tests.Numerics.Samples;

namespace AiOutliers.Detection.Tests.Detectors.Deep;

public sealed class CommonLeapsTests
{
    [Fact]
    public void Leaps_AnySeries_AreDistancesFromTheMedianOfAnEvenWindow() => RandomSeries.Series(1, 60).Sample(levels =>
    {
        var leaps = new double[levels.Length];
        CommonLeaps.Leaps(levels, leaps);
        return RandomSeries.Near(leaps, Reference.EachPoint(levels, row =>
        {
            var half = Math.Min(6, Math.Min(row, levels.Length - 1 - row));
            return levels[row] - Reference.Median(levels[(row - half)..(row + half + 1)]);
        }));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void Leaps_SpikeAtTheEnd_IsSeenWithTheFirstRowAfterIt(int length)
    {
        var levels = new double[41];
        levels.AsSpan(40 - length, length).Fill(1);

        LeapsOf(levels)[40 - length].ShouldBe(1);
    }

    [Fact]
    public void Leaps_SteepMorning_IsNoneAnywhere() =>
        LeapsOf([.. Enumerable.Range(0, 60).Select(static row => 0.25 * row)]).ShouldAllBe(static leap => leap == 0);

    [Fact]
    public void Leaps_NewLevel_IsNone() => LeapsOf([.. Enumerable.Range(0, 60).Select(static row => row < 30 ? 0.0 : 1)]).ShouldAllBe(static leap => leap == 0);

    [Fact]
    public void Of_Rows_IsOfTheMeanOverTheMetricsWithoutGranularityAndCalendar()
    {
        var profile = new AutoencoderProfile
        {
            Metrics = ["bytes", "granularity", "flows"],
            Calendar = ["minute"],
            AverageLoss = 0,
            LossDeviation = 0,
            WindowSize = 8,
            Windows = 2,
        };
        var input = new float[20 * 4];
        (input[8 * 4], input[8 * 4 + 2]) = (0.5f, 0.25f);
        (input[4 * 4 + 1], input[4 * 4 + 3]) = (1, 1);

        var leaps = CommonLeaps.Of(profile, new(4, input, [], []));

        leaps[8].ShouldBe(0.375);
        leaps.Count(static leap => leap != 0).ShouldBe(1);
    }

    private static double[] LeapsOf(double[] levels)
    {
        var leaps = new double[levels.Length];
        CommonLeaps.Leaps(levels, leaps);
        return leaps;
    }
}
