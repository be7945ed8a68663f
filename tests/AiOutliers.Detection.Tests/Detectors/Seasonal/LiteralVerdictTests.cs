using AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>
/// What is told of up to two weeks, against the algorithm as it is written down: every rule that makes something fall away has its day.
/// </summary>
public sealed class LiteralVerdictTests
{
    [Theory]
    [InlineData(nameof(SuiteType.Ddos), 2, 9, 30, "explained")]
    [InlineData(nameof(SuiteType.Outage), 5, 14, 30, "other week")]
    [InlineData(nameof(SuiteType.Ramp), 3, 14, 30, "other week")]
    [InlineData(nameof(SuiteType.Shift), 1, 6, 30, "first day")]
    [InlineData(nameof(SuiteType.MissingPeak), 0, 6, 30, "first week")]
    [InlineData(nameof(SuiteType.Dip), 2, 6, 30, "first week")]
    [InlineData(nameof(SuiteType.Clean), 9, 9, 15, "weekend")]
    public void Detect_DaysOfTheSuite_TellsWhatTheAlgorithmSays(string type, int seed, int days, int minutes, string rule)
    {
        var series = SuiteGenerator.Make(Enum.Parse<SuiteType>(type), seed, 14, minutes);
        LiteralComparison.VerdictsShouldAgree(series.Values[..(days * 1440 / minutes)], series.Step, series.Start).ShouldContain(rule);
    }

    [Fact]
    public void Detect_LowFirstBucket_TellsWhatTheAlgorithmSays()
    {
        var series = SuiteGenerator.Make(SuiteType.Clean, 1, 10, 30);
        series.Values[0] /= 50;
        LiteralComparison.VerdictsShouldAgree(series.Values, series.Step, series.Start).ShouldContain("partial bucket");
    }

    /// <summary>Half a day of zeros, which is left out of everything, and a job every morning but one.</summary>
    [Fact]
    public void Detect_LongOutageAndDailyJob_TellsWhatTheAlgorithmSays()
    {
        const int PerDay = 48;
        var series = SuiteGenerator.Make(SuiteType.Clean, 2, 14, 30);
        for (var day = 0; day < 14; day++)
            series.Values[day * PerDay + 12] *= day == 9 ? 1 : 5;
        series.Values.AsSpan(5 * PerDay + 20, PerDay / 2).Clear();

        LiteralScan.Of(series.Values, PerDay).Rest.Count(double.IsNaN).ShouldBe(PerDay / 2);
        LiteralComparison.ShouldAgree(series.Values, PerDay);
        LiteralComparison.VerdictsShouldAgree(series.Values, series.Step, series.Start);
    }
}
