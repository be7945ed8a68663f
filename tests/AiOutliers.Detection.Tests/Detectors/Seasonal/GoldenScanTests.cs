using AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal;

/// <summary>
/// The golden numbers are those of the literal version. After a change to the algorithm's page and to the literal version, these tests
/// write them anew where the environment has <c>SAVE_GOLDEN=1</c>.
/// </summary>
public sealed class GoldenScanTests
{
    public static TheoryData<string> Judged => [.. GoldenScan.Names.Where(static name => GoldenScan.Load(name).IsJudged)];

    [Theory]
    [MemberData(nameof(Judged))]
    public void Of_GoldenSeries_MakesTheGoldenNumbers(string name)
    {
        var golden = GoldenScan.Load(name);
        var scan = LiteralScan.Of(golden.X, golden.Hint);
        if (Environment.GetEnvironmentVariable("SAVE_GOLDEN") == "1")
            golden = GoldenScan.Save(name, golden, GoldenScan.NumbersOf(scan));

        foreach (var (key, values) in GoldenScan.NumbersOf(scan))
        {
            var floor = key is "expected" or "lower" or "upper" ? scan.Transform.Unit : 1;
            LiteralComparison.ShouldAgree(values, golden.Series(key), key, floor);
        }
    }
}
