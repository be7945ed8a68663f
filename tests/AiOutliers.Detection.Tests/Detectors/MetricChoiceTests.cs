using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;

namespace AiOutliers.Detection.Tests.Detectors;

public sealed class MetricChoiceTests
{
    [Theory]
    [InlineData("clients bps flows bytes pkts", "bytes", "flows", "bytes")]
    [InlineData("clients bps flows pkts", "bytes", "flows clients", "flows")]
    [InlineData("clients bps flows pkts", "bytes", "hidden pkts", "pkts")]
    [InlineData("clients bps", "bytes", "", "clients")]
    [InlineData("sum monitors count", "bytes", "sum count", "monitors")]
    public void Of_AnswerInDruidsOrder_TakesWhatWasMeant(string columns, string configured, string queried, string expected)
    {
        var builder = new MetricTableBuilder();
        foreach (var column in columns.Split(' '))
            builder.ColumnOf(column);

        var results = queried.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        MetricChoice.Of(builder.Build(), [configured, "monitors"], results).ShouldBe(expected);
    }

    [Fact]
    public void Of_NoMetric_SaysWhatToDo() =>
        Should.Throw<AiOutliersException>(() => MetricChoice.Of(new MetricTableBuilder().Build(), ["bytes"], "bytes")).Message
            .ShouldContain("add an aggregation");
}
