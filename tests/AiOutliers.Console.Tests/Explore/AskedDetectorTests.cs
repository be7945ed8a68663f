using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Service.Console.Explore;

namespace AiOutliers.Console.Tests.Explore;

public sealed class AskedDetectorTests
{
    private static readonly EngineSettings Settings = new();

    [Fact]
    public void OptionsOf_Address_AreAllThatItSays() =>
        AskedDetector.OptionsOf(new() { Sensitivity = "high", Options = ["minDeviationPercent=20", "alarms=sharp,shift"] })
            .ShouldBe(new Dictionary<string, string>
            {
                ["sensitivity"] = "high",
                ["minDeviationPercent"] = "20",
                ["alarms"] = "sharp,shift",
            });

    [Fact]
    public void Of_OptionThatOnlyAnotherDetectorHas_SaysNothingToThisOne() =>
        AskedDetector.Of(new() { Detector = "shallow", Options = ["minDeviationPercent=20"] }, Settings)
            .ShouldNotBeNull().Name.ShouldBe("shallow");

    [Theory]
    [InlineData("minDeviationPercent", "minDeviationPercent=20")]
    [InlineData("crystal=ball", "crystal")]
    [InlineData("minDeviationPercent=much", "not allowed")]
    public void Of_OptionThatIsNotOne_SaysWhatIsWrong(string option, string words) =>
        Should.Throw<AiOutliersException>(() => AskedDetector.Of(new() { Options = [option] }, Settings)).Message.ShouldContain(words);

    [Fact]
    public void Of_Model_LeavesItToTheEngine() => AskedDetector.Of(new() { Detector = "model:edge" }, Settings).ShouldBeNull();
}
