using AiOutliers.Service.Api.V1;

namespace AiOutliers.Service.Tests.Http;

public sealed class VersionOneReplyTests
{
    [Theory]
    [InlineData(10, 10)]
    [InlineData(1000, 1000)]
    [InlineData(10_000_000, 1003)]
    public void Shortened_OfAnyLength_KeepsBothEnds(int length, int expected)
    {
        var message = "b" + new string('x', length - 2) + "e";
        var shown = VersionOneReply.Shortened(message);
        shown.Length.ShouldBe(expected);
        shown.ShouldStartWith("bx");
        shown.ShouldEndWith("xe");
    }
}
