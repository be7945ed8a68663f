using AiOutliers.Detection;
using CsCheck;

namespace AiOutliers.Models.Tests;

public sealed class ModelNameTests
{
    [Theory]
    [InlineData("traffic", "traffic")]
    [InlineData("Sensor-1.lab", "Sensor-1.lab")]
    [InlineData("a/b c", "a%2Fb%20c")]
    [InlineData("..", "%2E.")]
    [InlineData("../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd")]
    [InlineData("säule", "s%C3%A4ule")]
    [InlineData("50%", "50%25")]
    public void ForSensor_Name_IsEncoded(string sensor, string expected) => ModelName.ForSensor(sensor).ShouldBe(expected);

    [Fact]
    public void ForSensor_LongNames_AreCutAndStayApart()
    {
        var (one, other) = (ModelName.ForSensor(new string('a', 300)), ModelName.ForSensor(new string('a', 299) + "b"));

        one.Length.ShouldBeLessThan(150);
        one.ShouldNotBe(other);
        ModelName.IsUsable(one).ShouldBeTrue();
    }

    [Fact]
    public void ForSensor_AnyName_IsUsableAndDiffersFromAnyOther() => Gen.String[1, 400].Select(Gen.String[1, 400]).Sample((one, other) =>
    {
        // Half a surrogate pair is not text: UTF-8 has no bytes for it.
        var text = string.Concat(one.Where(c => !char.IsSurrogate(c)));
        if (text.Length == 0)
            return;
        ModelName.IsUsable(ModelName.ForSensor(text)).ShouldBeTrue(text);
        var second = string.Concat(other.Where(c => !char.IsSurrogate(c)));
        (ModelName.ForSensor(text) == ModelName.ForSensor(second)).ShouldBe(text == second);
    });

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a:b")]
    [InlineData("/etc/passwd")]
    [InlineData(".hidden")]
    [InlineData(" padded")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void Checked_NameThatCouldLeaveTheFolder_IsRefused(string name) => Should.Throw<AiOutliersException>(() => ModelName.Checked(name)).Kind.ShouldBe(ErrorKind.BadInput);
}
