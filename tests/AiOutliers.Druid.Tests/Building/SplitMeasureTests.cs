using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Druid.Tests.Building;

public sealed class SplitMeasureTests
{
    private const string Errors = """{"type":"fieldAccess","fieldName":"errors"}""", Flows = """{"type":"fieldAccess","fieldName":"flows"}""",
        Hosts = """{"type":"fieldAccess","fieldName":"hosts"}""", Hundred = """{"type":"constant","name":"asked","value":100}""";

    public static TheoryData<string, string, double, string?> Ratios => new()
    {
        { Arithmetic("/", Errors, Flows), "errors", 1, "flows" },
        { Arithmetic("quotient", Errors, Flows), "errors", 1, "flows" },
        { Arithmetic("*", Hundred, Arithmetic("/", Errors, Flows)), "errors", 100, "flows" },
        { Arithmetic("/", Arithmetic("*", Errors, Hundred), Arithmetic("/", Flows, Hundred)), "errors", 10_000, "flows" },
        { Arithmetic("/", Flows, Hundred), "flows", 0.01, null },
    };

    public static TheoryData<string> Others =>
    [
        Arithmetic("+", Errors, Flows), Arithmetic("/", Errors, Hosts), Arithmetic("/", Hundred, Flows), Arithmetic("*", Errors, Flows),
        Arithmetic("/", Arithmetic("/", Errors, Flows), Flows), Hundred,
    ];

    [Theory]
    [MemberData(nameof(Ratios))]
    public void Find_SumOrRatio_TellsItsParts(string metric, string numerator, double factor, string? denominator)
    {
        var measure = SplitMeasure.Find(Query(metric), "asked").ShouldNotBeNull();

        (measure.Aggregator.Name, measure.Factor, measure.Per?.Name, measure.IsRatio)
            .ShouldBe((numerator, factor, denominator, denominator is not null));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Find_AnythingElse_IsNull(string metric) => SplitMeasure.Find(Query(metric), "asked").ShouldBeNull();

    [Fact]
    public void Of_MetricThatIsNotThere_SaysSo() =>
        Should.Throw<AiOutliersException>(() => SplitMeasure.Of(Query(Hundred), "nothing")).Message.ShouldContain("'nothing' is not a metric of the query");

    private static string Arithmetic(string function, string left, string right) =>
        $$"""{"type":"arithmetic","name":"asked","fn":"{{function}}","fields":[{{left}},{{right}}]}""";

    private static DruidQuery Query(string metric) => DruidQuery.Parse(Encoding.UTF8.GetBytes($$"""
        {"queryType":"timeseries","dataSource":"flows","granularity":"minute","intervals":["2024-09-24T14:00Z/2024-09-24T15:00Z"],
         "aggregations":[{"type":"longSum","name":"errors","fieldName":"errors"},{"type":"count","name":"flows"},
           {"type":"cardinality","name":"hosts","fields":["src_ip"]}],
         "postAggregations":[{{metric}}]}
        """));
}
