using AiOutliers.Service.Hosting;

namespace AiOutliers.Service.Tests.Hosting;

public sealed class StartWordsTests
{
    [Theory]
    [InlineData("http://admin:secret@broker:8082/druid/v2/", "data from broker:8082")]
    [InlineData("duckdb:/var/lib/flows", "data from duckdb:/var/lib/flows")]
    [InlineData(null, "no data source ([Druid] druid_endpoint): only requests that bring their data are answered")]
    public void Source_Endpoint_IsNamedWithoutItsPassword(string? endpoint, string words) =>
        StartWords.Source(endpoint).ShouldBe(words);

    [Theory]
    [InlineData("pool.example:123", "clock corrected by pool.example:123")]
    [InlineData(null, "clock of the system")]
    public void Clock_Server_IsNamed(string? server, string words) =>
        StartWords.Clock(server).ShouldBe(words);
}
