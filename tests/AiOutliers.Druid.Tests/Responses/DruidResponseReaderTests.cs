using System.Globalization;
using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Responses;
using CsCheck;

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

    [Theory]
    [InlineData("2024-03-01T00:00:00.000Z")]
    [InlineData("2024-03-01T00:00:00Z")]
    [InlineData("2024-03-01T00:00:00.000000Z")]
    [InlineData("2024-03-01")]
    [InlineData("1709251200000")]
    public void Read_AnyFormOfATimestamp_ComesBackToTheLetter(string text)
    {
        var table = Read($$$"""[{"timestamp":"{{{text}}}","result":{"bytes":1}}]""");

        table.Timestamps.ShouldBe([text]);
        table.Times.ToArray().ShouldBe([1709251200000]);
    }

    [Fact]
    public void Read_TimestampWithAnEscapeSequence_IsTheTextItStandsFor() =>
        Read("""[{"timestamp":"2024-03-01T00:00:00.00\u0030Z","result":{"bytes":1}}]""").Timestamps.ShouldBe(["2024-03-01T00:00:00.000Z"]);

    [Fact]
    public void Read_ResultBeforeTimestamp_IsTheSameRow() =>
        Read("""[{"result":{"bytes":7},"timestamp":"2024-03-01T00:00:00.000Z"}]""").Column("bytes")[0].ShouldBe(7);

    [Fact]
    public void Read_GrandTotal_IsNoRow() =>
        Read("""[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":7}},{"timestamp":null,"result":{"bytes":7}}]""").Rows.ShouldBe(1);

    [Fact]
    public void Read_ByteOrderMarkBeforeTheArray_IsSkipped() =>
        Read("\uFEFF" + """[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":7}}]""").Column("bytes")[0].ShouldBe(7);

    /// <summary>A metric's name, and for each of up to 20 rows a value or none.</summary>
    private static readonly Gen<(string Name, double?[] Values)> Series =
        from name in Gen.String[1, 12].Where(text => text != "timestamp" && !text.Any(char.IsSurrogate))
        from values in Gen.OneOf(Gen.Double.Select(value => double.IsFinite(value) ? value : (double?)null), Gen.Long.Select(value => (double?)value), Gen.Const((double?)null)).Array[1, 20]
        select (name, values);

    [Fact]
    public void Read_AnyWrittenSeries_GivesItBack() => Series.Sample(series =>
    {
        var rows = series.Values.Select((value, row) => new Dictionary<string, object>
        {
            ["timestamp"] = DateTime.UnixEpoch.AddMinutes(row).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["result"] = new Dictionary<string, double?> { [series.Name] = value },
        });
        var table = DruidResponseReader.Read(JsonSerializer.SerializeToUtf8Bytes(rows));
        return table.Metrics.SequenceEqual([series.Name])
            && table.Column(series.Name).ToArray().SequenceEqual(series.Values.Select(value => value ?? double.NaN))
            && table.Times.ToArray().SequenceEqual(Enumerable.Range(0, series.Values.Length).Select(row => row * 60_000L));
    });

    [Fact]
    public void Read_AnyBytes_IsATableOrBadInput() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        try
        {
            DruidResponseReader.Read(bytes);
        }
        catch (AiOutliersException error)
        {
            error.Kind.ShouldBe(ErrorKind.BadInput);
        }
    });

    [Theory]
    [InlineData("{}", "not a JSON array")]
    [InlineData("""[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":"many"}}]""", "'bytes' of row 1")]
    [InlineData("""[{"timestamp":"yesterday","result":{"bytes":1}}]""", "timestamp of row 1")]
    [InlineData("""[{"result":{"bytes":1}}]""", "no timestamp")]
    [InlineData("""[{"timestamp":"2024-03-01T00:00:00.000Z","event":{"bytes":1}}]""", "no result")]
    [InlineData("""[{"timestamp":"2024-03-01T00:00:00.000Z","result":[1]}]""", "result of row 1")]
    [InlineData("""[{"timestamp":"2024-03-01T00:00:00.000Z","result":{"bytes":1}""", "not valid JSON")]
    [InlineData("""[1]""", "row 1")]
    [InlineData("", "empty")]
    [InlineData(" \n", "empty")]
    public void Read_SomethingElse_SaysWhatIsWrong(string text, string words)
    {
        var error = Should.Throw<AiOutliersException>(() => Read(text));

        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain(words);
    }

    private static MetricTable Read(string json) => DruidResponseReader.Read(Encoding.UTF8.GetBytes(json));
}
