namespace AiOutliers.Detection.Tests;

public sealed class SimilarTests
{
    [Theory]
    [InlineData("hst", "host")]
    [InlineData("HOST", "host")]
    [InlineData("sensor", "sensor_name")]
    [InlineData("x", null)]
    [InlineData("in", null)]
    [InlineData("packets", null)]
    public void Of_Word_IsTheNameThatMayHaveBeenMeant(string word, string? similar) =>
        Similar.Of(word, ["host", "sensor_name", "b", "ip"]).ShouldBe(similar);
}
