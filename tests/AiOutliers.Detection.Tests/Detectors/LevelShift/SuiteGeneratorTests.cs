using AiOutliers.Samples.Suite;

namespace AiOutliers.Detection.Tests.Detectors.LevelShift;

public sealed class SuiteGeneratorTests
{
    public static TheoryData<string> Types => [.. Enum.GetNames<SuiteType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Make_SameSeed_GivesTheSameSeries(string type)
    {
        var (first, second, other) = (Make(type, 3), Make(type, 3), Make(type, 4));

        second.Values.ShouldBe(first.Values);
        second.Disturbances.ShouldBe(first.Disturbances);
        other.Values.ShouldNotBe(first.Values);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Make_Disturbances_LieWithinTheSeries(string type)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var series = Make(type, seed);

            series.Values.ShouldAllBe(static value => double.IsFinite(value) && value >= 0);
            series.Disturbances.Count.ShouldBe(type switch { "Clean" => 0, "Mixed" => 3, _ => 1 });
            series.Disturbances.ShouldAllBe(one => one.Start > 0 && one.Start < one.End && one.End < series.Values.Length);
            Enumerable.Range(0, series.Values.Length).Count(series.IsLabelled).ShouldBe(series.Disturbances.Sum(static one => one.End - one.Start));
        }
    }

    [Theory]
    [InlineData(SuiteType.Spike)]
    [InlineData(SuiteType.Dip)]
    [InlineData(SuiteType.Outage)]
    [InlineData(SuiteType.Shift)]
    [InlineData(SuiteType.StepUp)]
    [InlineData(SuiteType.StepDown)]
    [InlineData(SuiteType.Ddos)]
    public void Make_Labels_AreWhereTheValuesAreDisturbed(object type)
    {
        // The median of many: each value against the same moment of the day before.
        var ratios = Enumerable.Range(0, 41).Select(seed =>
        {
            var series = Make(type.ToString()!, seed);
            var truth = series.Disturbances[0];
            var middle = (truth.Start + truth.End - 1) / 2;
            var ratio = Math.Log((series.Values[middle] + 1) / (series.Values[middle - 288] + 1));
            return truth.Direction * ratio;
        }).Order().ToArray();

        ratios[20].ShouldBeGreaterThan(0.25);
    }

    [Fact]
    public void Parse_CommandLine_TakesWhatIsDocumented()
    {
        var options = SuiteOptions.Parse(["--folder", "out", "--seeds", "1000..1047", "--types", "clean,missing_peak", "--days", "7", "--step", "15"]).ShouldNotBeNull();

        (options.Folder, options.FirstSeed, options.LastSeed, options.Days, options.StepMinutes).ShouldBe(("out", 1000, 1047, 7, 15));
        options.Types.ShouldBe([SuiteType.Clean, SuiteType.MissingPeak]);
    }

    [Theory]
    [InlineData("--seeds", "1..2")]
    [InlineData("--folder", "out")]
    [InlineData("--folder", "out", "--seeds", "2..1")]
    [InlineData("--folder", "out", "--seeds", "1..2", "--types", "nothing")]
    [InlineData("--folder", "out", "--seeds", "1..2", "--step", "7")]
    [InlineData("--folder", "out", "--seeds", "1..2", "--days", "3")]
    [InlineData("--folder", "out", "--seeds", "1..2", "--days")]
    [InlineData("--folder", "out", "--seeds", "1..2", "--else", "3")]
    public void Parse_WrongCommandLine_GivesNothing(params string[] arguments) => SuiteOptions.Parse(arguments).ShouldBeNull();

    [Fact]
    public void Text_Series_IsTimestampValueLabel()
    {
        var series = Make("Outage", 1);

        var lines = SuiteFiles.Text(series).TrimEnd('\n').Split('\n');

        lines[0].ShouldBe("timestamp,value,label");
        lines.Length.ShouldBe(1 + series.Values.Length);
        lines[1].ShouldMatch("^2024-09-[0-9]{2}T[0-9]{2}:00:00Z,[0-9]+,0$");
        lines[1 + series.Disturbances[0].Start].ShouldEndWith(",1");
        lines[series.Disturbances[0].Start].ShouldEndWith(",0");
    }

    private static SuiteSeries Make(string type, int seed) => SuiteGenerator.Make(Enum.Parse<SuiteType>(type), seed, 7);
}
