using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Tests.Detectors;

public class DetectorOptionTests
{
    [Fact]
    public void Show_EveryDefault_IsReadBackAsTheSame()
    {
        foreach (var option in SeasonalScanOptions.All)
            option.Parse(new(), option.Show(new())).ShouldBe(new SeasonalScanOptions(), option.Name);
        foreach (var option in ShallowOptions.All)
            option.Parse(new(), option.Show(new())).ShouldBe(new ShallowOptions(), option.Name);
    }

    [Theory]
    [InlineData("sensitivity", "high")]
    [InlineData("sensitivity", "0.5")]
    [InlineData("alarms", "sharp,outage")]
    [InlineData("alarms", "none")]
    [InlineData("direction", "down")]
    [InlineData("min_deviation", "5000000")]
    [InlineData("min_deviation_percent", "25")]
    [InlineData("ignore_gaps", "false")]
    [InlineData("time_zone", "Europe/Madrid")]
    public void Parse_OtherThanTheDefault_ChangesThisOptionOnly(string name, string text)
    {
        var read = Of(name).Parse(new(), text).ShouldNotBeNull();

        foreach (var option in SeasonalScanOptions.All)
            option.Show(read).ShouldBe(option.Name == name ? text : option.Show(new()), option.Name);
    }

    [Theory]
    [InlineData("sensitivity", "1.5")]
    [InlineData("alarms", "15")]
    [InlineData("alarms", "sharp,")]
    [InlineData("direction", "2")]
    [InlineData("min_deviation", "-1")]
    [InlineData("min_deviation", "NaN")]
    [InlineData("min_deviation", "1e400")]
    [InlineData("min_deviation", "G")]
    [InlineData("min_deviation", "")]
    [InlineData("ignore_gaps", "yes")]
    [InlineData("time_zone", "Mars/Olympus")]
    public void Parse_WhatIsNotAllowed_IsNull(string name, string text) => Of(name).Parse(new(), text).ShouldBeNull();

    [Theory]
    [InlineData("sensitivity", "1.01")]
    [InlineData("contamination", "0.6")]
    [InlineData("contamination", "1e-7")]
    public void Parse_ShallowOutOfRange_IsNull(string name, string text) =>
        ShallowOptions.All.Single(option => option.Name == name).Parse(new(), text).ShouldBeNull();

    [Theory]
    [InlineData("5G", 5e9)]
    [InlineData("1.5 M", 1.5e6)]
    [InlineData("20k", 2e4)]
    [InlineData("7", 7)]
    public void Parse_DecimalPrefix_IsTaken(string text, double value) =>
        Of("min_deviation").Parse(new(), text).ShouldNotBeNull().Filter.MinDeviation.ShouldBe(value);

    [Fact]
    public void Names_OfEveryInterface_ComeFromOne()
    {
        var option = Of("min_deviation_percent");

        option.CommandLineName.ShouldBe("--min-deviation-percent");
        option.JsonName.ShouldBe("minDeviationPercent");
    }

    [Fact]
    public void Alarms_TextInAnyCase_IsTaken() =>
        Of("alarms").Parse(new(), "Sharp, SHIFT").ShouldNotBeNull().Alarms.ShouldBe(AlarmClasses.Sharp | AlarmClasses.Shift);

    private static DetectorOption<SeasonalScanOptions> Of(string name) => SeasonalScanOptions.All.Single(option => option.Name == name);
}
