using System.Text;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Tests.Building;

public sealed class QueryBucketsTests
{
    private const long Start = 1_725_148_800_000, Hour = 3_600_000;

    [Theory]
    [InlineData("\"minute\"", 60_000)]
    [InlineData("\"fifteen_minute\"", 900_000)]
    [InlineData("\"PT5M\"", 300_000)]
    [InlineData("""{"type":"period","period":"PT30M"}""", 1_800_000)]
    [InlineData("""{"type":"duration","duration":"7200000"}""", 0)]
    [InlineData("""{"type":"duration","duration":7200000}""", 7_200_000)]
    [InlineData("\"month\"", 0)]
    [InlineData("""{"type":"something"}""", 0)]
    public void CoverageOf_Granularity_IsItsWidthOrOpen(string granularity, long milliseconds)
    {
        var coverage = QueryBuckets.CoverageOf(Query(granularity, "\"2024-09-01T00:00:00Z/2024-09-01T01:00:00Z\""));

        (coverage.StepMilliseconds, coverage.From, coverage.Until).ShouldBe((milliseconds, Start, Start + Hour));
    }

    [Fact]
    public void CoverageOf_SeveralIntervals_ReachesFromTheFirstToTheLast()
    {
        var coverage = QueryBuckets.CoverageOf(Query("\"minute\"", """["2024-09-01T00:00:00Z/PT1H","2024-09-01T03:00:00Z/PT1H"]"""));

        (coverage.From, coverage.Until).ShouldBe((Start, Start + 4 * Hour));
    }

    [Fact]
    public void CoverageOf_WhatIsNotKnownHere_IsLeftOpen() =>
        QueryBuckets.CoverageOf(Query("\"sometimes\"", "\"2024-09-01/2024-09-02\"")).ShouldBe(new());

    private static DruidQuery Query(string granularity, string intervals) =>
        DruidQuery.Parse(Encoding.UTF8.GetBytes(
            $$"""{"queryType":"timeseries","dataSource":"rb_flow","granularity":{{granularity}},"intervals":{{intervals}},"aggregations":[]}"""));
}
