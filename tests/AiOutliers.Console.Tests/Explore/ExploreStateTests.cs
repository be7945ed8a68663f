using AiOutliers.Service.Console.Explore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AiOutliers.Console.Tests.Explore;

public sealed class ExploreStateTests
{
    [Theory]
    [InlineData("/explore?last=24h")]
    [InlineData("/explore?source=rb_flow&by=sensor_name&every=PT5M&last=7d&metric=bytes&metric=flows&where=a%3Db")]
    [InlineData("/explore?from=2024-09-24%2014%3A10&to=2024-09-25&zone=Europe%2FMadrid")]
    [InlineData("/explore?last=6h&detector=seasonal-scan&option=minDeviationPercent%3D20&option=alarms%3Dsharp,shift")]
    [InlineData("/explore?query=%7B%22a%22%3A1%7D&detector=shallow")]
    public void Address_OfWhatWasRead_IsTheSameAddress(string address) => Read(address).Address().ShouldBe(address);

    [Fact]
    public void Read_FieldsLeftEmpty_SayNothing() =>
        Read("/explore?where=&by=&every=&last=6h&from=&to=&detector=&metric=bytes").Address().ShouldBe("/explore?last=6h&metric=bytes");

    [Fact]
    public void Read_TimesBesideASpan_WinOverIt() => Read("/explore?last=6h&from=2024-09-24&to=2024-09-25").Last.ShouldBeNull();

    private static ExploreState Read(string address) =>
        ExploreState.Read(new QueryCollection(QueryHelpers.ParseQuery(address[address.IndexOf('?')..])));
}
