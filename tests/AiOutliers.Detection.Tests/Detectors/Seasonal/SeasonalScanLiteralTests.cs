using AiOutliers.Samples.Suite;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>The fast code against the algorithm as it is written down, on the golden series, whole and with gaps.</summary>
public sealed class SeasonalScanLiteralTests
{
    public static TheoryData<string, string> Series
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var name in GoldenScan.Names.Where(static name => GoldenScan.Load(name).IsJudged))
            {
                foreach (var gaps in new[] { "", "rows", "hole" })
                    all.Add(name, gaps);
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void Run_GoldenSeries_IsWhatTheAlgorithmSays(string name, string gaps)
    {
        var golden = GoldenScan.Load(name);
        LiteralComparison.ShouldAgree(WithGaps(golden.X, gaps), golden.Hint);
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void Detect_GoldenSeries_TellsWhatTheAlgorithmSays(string name, string gaps)
    {
        var golden = GoldenScan.Load(name);
        // With a step of two days the day is unknown.
        var step = golden.Hint > 0 ? TimeSpan.FromDays(1) / golden.Hint : TimeSpan.FromDays(2);
        LiteralComparison.VerdictsShouldAgree(WithGaps(golden.X, gaps), step);
    }

    [Theory]
    [InlineData(12, 2, "")]
    [InlineData(6, 4, "rows")]
    [InlineData(3, 8, "hole")]
    public void Run_BucketsOfHours_IsWhatTheAlgorithmSays(int hours, int perDay, string gaps)
    {
        var series = SuiteGenerator.Make(SuiteType.Clean, 3, 84, 60);
        LiteralComparison.ShouldAgree(WithGaps([.. series.Values.Chunk(hours).Select(static bucket => bucket.Sum())], gaps), perDay);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Run_OtherLevels_IsWhatTheAlgorithmSays(double sensitivity)
    {
        var golden = GoldenScan.Load("daily48_hint");
        LiteralComparison.ShouldAgree(golden.X, golden.Hint, sensitivity);
    }

    private static double[] WithGaps(double[] x, string gaps)
    {
        var random = new Random(5);
        return gaps switch
        {
            "rows" => [.. x.Select(value => random.NextDouble() < 0.1 ? double.NaN : value)],
            "hole" => [.. x.Select((value, i) => 10 * i >= 6 * x.Length && 10 * i < 7 * x.Length ? double.NaN : value)],
            _ => x,
        };
    }
}
