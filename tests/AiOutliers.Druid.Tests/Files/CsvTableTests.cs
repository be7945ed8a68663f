using System.IO.Compression;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Files;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>CSV as people write it, and what is said of a row that is not one of the table.</summary>
public sealed class CsvTableTests
{
    private const string Two = "time,bytes\n2024-03-01T00:00:00Z,1\n2024-03-01T00:01:00Z,2\n";

    [Theory]
    [InlineData("# made by hand\ntime,bytes\n2024-03-01T00:00:00Z,1\n2024-03-01T00:01:00Z,2\n")]
    [InlineData("# made, by hand\n# today\ntime,bytes\n2024-03-01T00:00:00Z,1\n# a pause\n2024-03-01T00:01:00Z,2\n")]
    [InlineData("#time,bytes\n2024-03-01T00:00:00Z,1\n2024-03-01T00:01:00Z,2\n")]
    [InlineData("time,bytes\n\n2024-03-01T00:00:00Z,1\n\n2024-03-01T00:01:00Z,2\n\n")]
    [InlineData("time,bytes\r2024-03-01T00:00:00Z,1\r2024-03-01T00:01:00Z,2")]
    [InlineData("time,bytes\r\n\"2024-03-01T00:00:00Z\",\"1\"\r\n\"2024-03-01T00:01:00Z\",2\r\n")]
    [InlineData("date,time,bytes\n2024-03-01,00:00:00,1\n2024-03-01,00:01:00,2\n")]
    [InlineData("bytes;hora;fecha\n1;0:00;2024-03-01\n2;0:01;2024-03-01\n")]
    [InlineData("__time,bytes\nLONG,LONG\nTIMESTAMP,BIGINT\n2024-03-01T00:00:00Z,1\n2024-03-01T00:01:00Z,2\n\n")]
    [InlineData("time,bytes\n2024-03-01T00:00:00Z,1,\n2024-03-01T00:01:00Z,2,\n")]
    [InlineData("time,bytes,host\n2024-03-01T00:00:00Z,1,\"a \"\"b\"\", c\nd\"\n2024-03-01T00:01:00Z,2,\"e\"\n")]
    public void Read_AsPeopleWriteIt_GivesItsRows(string csv)
    {
        var table = Read(csv).SingleTable();

        table.Times.ToArray().ShouldBe([1709251200000, 1709251260000]);
        table.Column("bytes").ToArray().ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData("2024-03-01T00:02:00Z\n", "row 3 of 'x' has 1 field and the header line 2, but CSV has as many fields in every row: '2024-03-01T00:02:00Z'")]
    [InlineData("2024-03-01T00:02:00Z,1,2\n", "row 3 of 'x' has 3 fields and the header line 2")]
    [InlineData("\"2024-03-01T00:02:00Z,1\n", "row 3 of 'x' has a quote that is not closed")]
    [InlineData("\"2024-03-01\"T00:02:00Z,1\n", "row 3 of 'x' has text behind a closing quote")]
    public void Read_RowThatIsNotOneOfTheTable_IsNamed(string row, string words) =>
        Should.Throw<AiOutliersException>(() => Read(Two + row)).Message.ShouldContain(words);

    [Fact]
    public void Read_DateAndTimeOfDay_AreOneTimeOfTheFormatThatIsTold() =>
        Read("Date,Time,Bytes\n3/1/2024,12:00 AM,1\n3/1/2024,1:01 PM,2\n", new() { TimeFormat = "M/d/yyyy h:mm tt" }).SingleTable()
            .Times.ToArray().ShouldBe([1709251200000, 1709298060000]);

    [Theory]
    [InlineData("Date,Time,Bytes\n3/1/2024,12:00 AM,1\n", "--time-format, for example \"d/M/yyyy h:mm tt\"")]
    [InlineData("Zeit;Bytes\n02.09.2024 00:00:00;1\n", "--time-format, for example \"dd.MM.yyyy HH:mm:ss\"")]
    [InlineData("day,bytes\n9/14/2024,1\n", "(2024-09-14); say which with --time-format, for example \"M/d/yyyy\"")]
    public void Read_TimeOfTwoReadings_NamesTheFormatThatItIsIn(string csv, string words) =>
        Should.Throw<AiOutliersException>(() => Read(csv)).Message.ShouldContain(words);

    [Fact]
    public void Read_DurationBesideATime_IsNotATimeOfDay() =>
        Read("start,time,bytes\n2024-03-01T00:00:00Z,00:05,1\n2024-03-01T00:01:00Z,00:07,2\n").SingleTable()
            .Times.ToArray().ShouldBe([1709251200000, 1709251260000]);

    [Fact]
    public void Read_NoRows_SaysSo() =>
        Should.Throw<AiOutliersException>(() => Read("time,bytes\n")).Message.ShouldBe("'x' has no rows, only the names of its columns");

    [Fact]
    public void Read_QuotedTextOfADimension_IsUnquoted() =>
        Read("time,host,bytes\n1709251200,\"a \"\"b\"\", c\nd\",1\n1709251200,e,2\n").Key(0).ToString().ShouldBe("host=a \"b\", c\nd");

    [Fact]
    public void Read_NamesThatRepeat_AreToldApart() =>
        Read("time,bytes,bytes,\n2024-03-01T00:00:00Z,1,2,\n").SingleTable().Metrics.ShouldBe(["bytes", "bytes_1", "column4"]);

    [Fact]
    public void Read_Latin1_IsRead() =>
        Read(Encoding.Latin1.GetBytes("time;größe\n2024-03-01T00:00:00Z;1\u00A0234,5\n")).SingleTable().Column("größe")[0].ShouldBe(1234.5);

    [Fact]
    public void Read_RowsLongerThanAChunk_AreWhole()
    {
        var long1 = new string('a', 400_000);
        var series = Read($"time,host,bytes\n1709251200,{long1},1\n1709251200,\"{long1}\nb\",2\n1709251260,{long1},3\n");

        series.Count.ShouldBe(2);
        series.Table(0).Column("bytes").ToArray().ShouldBe([1, 3]);
        series.Key(1).ToString().Length.ShouldBe(long1.Length + "host=".Length + 2);
    }

    [Fact]
    public void Read_ManyRowsInPieces_AreAllThere()
    {
        var csv = new StringBuilder("time,a,b\r\n");
        for (var row = 0; row < 100_000; row++)
            csv.Append($"{1709251200L + 60 * row},{(row % 3 == 0 ? "" : row)},\"{row}\"\r\n");
        using var slow = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            slow.CopyTo(gzip);
        packed.Position = 0;

        using var stream = new GZipStream(packed, CompressionMode.Decompress);
        var table = CsvTable.Read(stream, "'x'", InputOptions.None, CancellationToken.None).SingleTable();

        table.Rows.ShouldBe(100_000);
        table.Column("b")[99_999].ShouldBe(99_999);
        table.Column("a").ToArray().Count(double.IsNaN).ShouldBe(33_334);
    }

    [Fact]
    public void Read_FailureFarBelow_IsThrownToTheReader()
    {
        var csv = new StringBuilder(Two);
        for (var row = 2; row < 50_000; row++)
            csv.Append($"{1709251200L + 60 * row},1\n");
        Should.Throw<AiOutliersException>(() => Read(csv.Append("1,2,3\n").ToString())).Message.ShouldContain("row 50001 of 'x' has 3 fields");
    }

    [Fact]
    public void Read_Cancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Two));
        Should.Throw<OperationCanceledException>(() => CsvTable.Read(stream, "'x'", InputOptions.None, stop.Token));
    }

    private static SeriesSet Read(string csv, InputOptions? options = null) => Read(Encoding.UTF8.GetBytes(csv), options);

    private static SeriesSet Read(byte[] csv, InputOptions? options = null)
    {
        using var stream = new MemoryStream(csv);
        return CsvTable.Read(stream, "'x'", options ?? InputOptions.None, CancellationToken.None);
    }
}
