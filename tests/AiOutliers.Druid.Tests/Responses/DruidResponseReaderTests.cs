using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;

namespace AiOutliers.Druid.Tests.Responses;

public sealed class DruidResponseReaderTests
{
    [Fact]
    public void Read_NullAndNotANumber_AreMissing()
    {
        var table = Read("""[{"timestamp":"2024-03-05T00:00:00.000Z","result":{"bytes":null,"pkts":"NaN","bps":"Infinity","fps":1.5E7}}]""");

        table.Metrics.ShouldBe(["bytes", "pkts", "bps", "fps"]);
        table.Metrics.Select(metric => table.Column(metric)[0]).ShouldBe([double.NaN, double.NaN, double.NaN, 1.5e7]);
        table.Warnings.ShouldHaveSingleItem();
    }

    [Fact]
    public void Read_TimestampsWithOffsets_AreTheSameInstantAndKeepTheirText()
    {
        var table = Read("""[{"timestamp":"2024-03-01T00:00:00.000-08:00","result":{"bytes":1}},{"timestamp":"2024-03-01T09:00:00.000Z","result":{"bytes":2}}]""");

        table.Times.ToArray().ShouldBe([1709280000000, 1709283600000]);
        table.Timestamps[0].ShouldBe("2024-03-01T00:00:00.000-08:00");
    }

    [Fact]
    public void Read_ResultBeforeTimestamp_IsTheSameRow() =>
        Read("""[{"result":{"bytes":7},"timestamp":"2024-03-01T00:00:00.000Z"}]""").Column("bytes")[0].ShouldBe(7);

    [Fact]
    public void Read_GrandTotal_IsNoRow() =>
        Read("""[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":7}},{"timestamp":null,"result":{"bytes":7}}]""").Rows.ShouldBe(1);

    [Theory]
    [InlineData("{}", "no JSON array")]
    [InlineData("""[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":"many"}}]""", "'bytes' of row 1")]
    [InlineData("""[{"timestamp":"yesterday","result":{"bytes":1}}]""", "timestamp of row 1")]
    [InlineData("""[{"result":{"bytes":1}}]""", "no timestamp")]
    [InlineData("""[{"timestamp":"2024-03-01T00:00:00.000Z","event":{"bytes":1}}]""", "no result")]
    [InlineData("""[{"timestamp":"2024-03-01T00:00:00.000Z","result":[1]}]""", "result of row 1")]
    [InlineData("""[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":1}""", "no valid JSON")]
    [InlineData("""[1]""", "row 1")]
    [InlineData("", "no valid JSON")]
    public void Read_SomethingElse_SaysWhatIsWrong(string text, string words)
    {
        var error = Should.Throw<AiOutliersException>(() => Read(text));

        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain(words);
    }

    private static MetricTable Read(string json) => DruidResponseReader.Read(Encoding.UTF8.GetBytes(json));
}
