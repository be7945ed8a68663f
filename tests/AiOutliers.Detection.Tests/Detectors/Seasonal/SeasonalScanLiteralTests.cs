using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Numerics;
using AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;
using AiOutliers.Samples.Suite;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>The fast code against the algorithm as it is written down, on the golden series, whole and with gaps.</summary>
public sealed class SeasonalScanLiteralTests
{
    private const double Relative = 1e-9;

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
        ShouldAgree(WithGaps(golden.X, gaps), golden.Hint);
    }

    [Theory]
    [InlineData(12, 2, "")]
    [InlineData(6, 4, "rows")]
    [InlineData(3, 8, "hole")]
    public void Run_BucketsOfHours_IsWhatTheAlgorithmSays(int hours, int perDay, string gaps)
    {
        var series = SuiteGenerator.Make(SuiteType.Clean, 3, 84, 60);
        ShouldAgree(WithGaps([.. series.Values.Chunk(hours).Select(static bucket => bucket.Sum())], gaps), perDay);
    }

    private static void ShouldAgree(double[] x, int hint)
    {
        var scratch = new Scratch(new double[SeasonalScan.ScratchLength(x.Length, known: 0)]);
        var series = new ScannedSeries(x, MissingValues.Places(x), hint, ref scratch);
        var channels = Channels.Of(series, PeriodFinder.Find(series.AtPoints, series.Known.Length, hint, scratch), hint, ref scratch);

        var literal = LiteralScan.Of(x, hint);
        var result = SeasonalScan.Run(x, hint, Sensitivity.Normal);

        (channels.Period, channels.LongPeriod).ShouldBe((literal.Period, literal.LongPeriod));
        ShouldAgree(channels.Seasonal.ToArray(), literal.Seasonal, "seasonal", floor: 1);
        ShouldAgree(channels.Local.ToArray(), literal.Local, "local", floor: 1);
        ShouldAgree(channels.Autoregressive.ToArray(), literal.Autoregressive, "autoregressive", floor: 1);
        ShouldAgree(result.Point, literal.Point, "point", floor: 1);
        ShouldAgree(result.Wide, literal.Wide, "wide", floor: 1);
        ShouldAgree(result.Range, literal.Range, "range", floor: 1);
        ShouldAgree(result.Expected, literal.Expected, "expected", floor: series.Transform.Unit);
        ShouldAgree(result.Lower, literal.Lower, "lower", floor: series.Transform.Unit);
        ShouldAgree(result.Upper, literal.Upper, "upper", floor: series.Transform.Unit);
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

    /// <param name="ours">What the fast code computes.</param>
    /// <param name="literal">What the written algorithm does.</param>
    /// <param name="what">Named when it fails.</param>
    /// <param name="floor">Smaller values are compared as if they were this large: a difference near 0 has no digits left.</param>
    private static void ShouldAgree(double[] ours, double[] literal, string what, double floor)
    {
        ours.Length.ShouldBe(literal.Length);
        for (var i = 0; i < literal.Length; i++)
            ours[i].ShouldBe(literal[i], Relative * Math.Max(Math.Abs(literal[i]), floor), $"{what} {i}");
    }
}
