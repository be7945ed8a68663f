using AiOutliers.Service.Console.Explore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AiOutliers.Console.Tests.Explore;

public sealed class ToldIncidentsTests
{
    [Theory]
    [InlineData("?least=60", 1)]
    [InlineData("?shortest=600000", 1)]
    [InlineData("?least=60&shortest=600000", 0)]
    [InlineData("", 2)]
    [InlineData("?least=nonsense&shortest=", 2)]
    public void Of_Report_LeavesWhatIsTold(string address, int left)
    {
        var report = Reports.Of(rows: 100, static row => row, (10, 20, 55), (50, 52, 90));
        ToldIncidents.Read(new QueryCollection(QueryHelpers.ParseQuery(address))).Of(report).Incidents.Count.ShouldBe(left);
    }

    [Fact]
    public void Fields_OfAnAddress_SayTheSame()
    {
        var told = new ToldIncidents(62.5, 600_000);
        ToldIncidents.Read(new QueryCollection(told.Fields().ToDictionary(
            static field => field.Key, static field => new Microsoft.Extensions.Primitives.StringValues(field.Value)))).ShouldBe(told);
    }
}
