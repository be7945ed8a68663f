using AiOutliers.Detection;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Service.Console.IncidentPages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AiOutliers.Console.Tests.IncidentPages;

public sealed class IncidentsFilterTests
{
    private static readonly DateTimeOffset Now = new(2024, 9, 25, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("/incidents")]
    [InlineData("/incidents?state=all&last=7d")]
    [InlineData("/incidents?state=closed&monitor=sensors&q=a%26b&severity=50&from=2024-09-24%2014%3A10&to=2024-09-25&after=12&id=ab")]
    public void Address_OfWhatWasRead_IsTheSameAddress(string address) => Read(address).Address().ShouldBe(address);

    [Fact]
    public void Query_OfASpan_EndsNow() => Asked("/incidents?last=24h").From.ShouldBe(Now.AddDays(-1).ToUnixTimeMilliseconds());

    [Fact]
    public void Query_OfTimes_IsOfThatZonesClock()
    {
        var query = Asked("/incidents?last=1h&from=2024-09-24&to=2024-09-24+14:10");
        query.From.ShouldBe(Now.AddHours(-26).ToUnixTimeMilliseconds());
        query.To.ShouldBe(Now.AddHours(-12).AddMinutes(10).ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("from")]
    [InlineData("to")]
    [InlineData("last")]
    public void Query_OfATimeThatIsNone_NamesIt(string field) =>
        Should.Throw<AiOutliersException>(() => Asked($"/incidents?{field}=soon")).Message.ShouldContain($"{field} = 'soon'");

    [Fact]
    public void Query_OfTimesThatAreTheWrongWayRound_IsRefused() =>
        Should.Throw<AiOutliersException>(() => Asked("/incidents?from=2024-09-24&to=2024-09-01")).Message
            .ShouldBe("from = '2024-09-24' is not before to = '2024-09-01'");

    [Fact]
    public void Call_OfAll_AsksForNoState() =>
        IncidentsFilter.Call(Asked("/incidents?state=all&q=a b")).ShouldBe("/api/v2/incidents?q=a%20b");

    [Fact]
    public void Call_WithoutAState_AsksForThoseThatAreNotClosed() =>
        IncidentsFilter.Call(Asked("/incidents")).ShouldBe("/api/v2/incidents?state=not-closed");

    private static IncidentFilterQuery Asked(string address) =>
        Read(address).Query(TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid"), Now);

    private static IncidentsFilter Read(string address) =>
        IncidentsFilter.Read(new QueryCollection(QueryHelpers.ParseQuery(new Uri(new("http://here"), address).Query)));
}
