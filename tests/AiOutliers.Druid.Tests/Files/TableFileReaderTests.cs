using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Files;
using AiOutliers.Tests.Shared;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Tests.Files;

public sealed class TableFileReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("timestamp,bytes\n2024-03-01T00:00:00Z,1\n2024-03-01T00:01:00Z,\n2024-03-01T00:02:00Z,2.5\n")]
    [InlineData("timestamp;bytes\r\n2024-03-01T00:00:00Z;1\r\n2024-03-01T00:01:00Z;\r\n2024-03-01T00:02:00Z;2.5\r\n")]
    [InlineData("\uFEFFbytes,__time\n1,2024-03-01T00:00:00Z\n,2024-03-01T00:01:00Z\n2.5,2024-03-01T00:02:00Z\n")]
    public void Read_Csv_KeepsTheTimesAndTakesEmptyFieldsForMissing(string csv)
    {
        var table = ReadCsv(csv);
        table.Timestamps.ShouldBe(["2024-03-01T00:00:00Z", "2024-03-01T00:01:00Z", "2024-03-01T00:02:00Z"]);
        table.Column("bytes").ToArray().ShouldBe([1, double.NaN, 2.5]);
    }

    [Fact]
    public void Read_Parquet_TakesEveryKindOfNumber()
    {
        var path = Path.Combine(_folder.Path, "t.parquet");
        using (var connection = new DuckDBConnection("DataSource=:memory:"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"COPY (SELECT TIMESTAMP '2024-03-01 00:00:00' AS timestamp, 7::BIGINT AS a, 1.5::DOUBLE AS b, NULL::INTEGER AS c, 9::UTINYINT AS d, 2.25::DECIMAL(9,2) AS e) TO '{path}' (FORMAT parquet)";
            command.ExecuteNonQuery();
        }
        var table = TableFileReader.Read(path, "t.parquet");
        table.Timestamps.ShouldBe(["2024-03-01T00:00:00.000Z"]);
        table.Metrics.Select(metric => table.Column(metric)[0]).ShouldBe([7, 1.5, double.NaN, 9, 2.25]);
    }

    [Theory]
    [InlineData("timestamp,bytes\n2024-03-01T00:00:00Z,1\n2024-03-01T00:01:00Z,1,2,3\n", "as many fields in every row")]
    [InlineData("timestamp\n2024-03-01T00:00:00Z\n", "one column only")]
    [InlineData("timestamp,bytes\nyesterday,1\n", "'timestamp' of row 1")]
    [InlineData("timestamp,name\n2024-03-01T00:00:00Z,x\n", "no column of numbers")]
    [InlineData("timestamp,bytes\n2024-03-01T00:00:00Z,1\n2024-03-01T00:01:00Z,2\n2024-03-01T00:02:00Z,many\n", "'bytes' of row 3 of 't.csv' is not a number: 'many'")]
    [InlineData("timestamp,bytes\n02/09/2024 10:00,1\n", "2024-09-02 or 2024-02-09")]
    [InlineData("timestamp,bytes\n10:05,1\n", "'10:05' has no date")]
    [InlineData("timestamp,bytes\n202409141200,1\n", "--time-format yyyyMMddHHmm")]
    [InlineData("timestamp,bytes\n,1\n,2\n", "none of 2 rows of 't.csv' has a time")]
    public void Read_Unusable_SaysWhatIsWrongAndNamesTheFile(string csv, string words)
    {
        var error = Should.Throw<AiOutliersException>(() => ReadCsv(csv));
        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain(words);
        error.Message.ShouldContain("'t.csv'");
        error.Message.ShouldNotContain(_folder.Path);
    }

    [Theory]
    [InlineData("sep=;\ntimestamp;bytes\n2024-03-01T00:00:00Z;1,5\n", 1.5)]
    [InlineData("timestamp;bytes\n2024-03-01T00:00:00Z;1.234,5\n", 1234.5)]
    [InlineData("timestamp,bytes\n2024-03-01T00:00:00Z,\"1,234\"\n", 1234)]
    [InlineData("timestamp\tbytes\n2024-03-01T00:00:00Z\t12 %\n", 12)]
    [InlineData("timestamp,bytes\n2024-03-01T00:00:00Z,1.2 M\n", 1.2e6)]
    [InlineData("timestamp,bytes\n2024-03-01T00:00:00Z,2KiB\n", 2048)]
    [InlineData("timestamp,bytes\n2024-03-01T00:00:00Z,9223372036854775807\n2024-03-01T00:01:00Z,1\n", double.NaN)]
    [InlineData("timestamp,bytes\n2024-03-01T00:00:00Z,N/A\n2024-03-01T00:01:00Z,1\n", double.NaN)]
    [InlineData("timestamp,bytes\n2024-03-01T00:00:00Z,-\n2024-03-01T00:01:00Z,1\n", double.NaN)]
    [InlineData("timestamp,bytes\n2024-03-01T00:00:00Z,None\n2024-03-01T00:01:00Z,1\n", double.NaN)]
    public void Read_CsvOfASpreadsheet_TakesItsNumbers(string csv, double first) => ReadCsv(csv).Column("bytes")[0].ShouldBe(first);

    [Theory]
    [InlineData("1726315200")]
    [InlineData("1726315200.0")]
    [InlineData("1726315200000")]
    [InlineData("1726315200000000")]
    [InlineData("1726315200000000000")]
    [InlineData("2024-09-14 12:00:00")]
    [InlineData("2024/09/14 12:00")]
    [InlineData("20240914T120000Z")]
    [InlineData("2024-09-14T14:00:00+02:00")]
    [InlineData("Sat, 14 Sep 2024 12:00:00 GMT")]
    public void Read_UsualFormsOfATime_AreOneInstant(string time) =>
        ReadCsv($"timestamp,bytes\n\"{time}\",1\n").Times.ToArray().ShouldBe([1726315200000]);

    [Fact]
    public void Read_TimeFormat_SaysHowTimesAreWritten() =>
        Series("timestamp,bytes\n02/09/2024 10:00,1\n", new() { TimeFormat = "dd/MM/yyyy HH:mm" }).SingleTable().Times.ToArray().ShouldBe([1725271200000]);

    [Fact]
    public void Read_CsvWithoutHeader_CallsTheColumnsByTheirPlaceAndSaysSo()
    {
        var table = ReadCsv("2024-03-01T00:00:00Z,1\n2024-03-01T00:01:00Z,2\n");

        table.Column("column2").ToArray().ShouldBe([1, 2]);
        table.Warnings.ShouldHaveSingleItem().ShouldContain("not a header");
    }

    [Fact]
    public void Read_LongCsv_IsASeriesForEachValueOfItsText()
    {
        var series = Series("time,host,bytes\n2024-03-01T00:00:00Z,a,1\n2024-03-01T00:00:00Z,b,2\n", InputOptions.None);

        Enumerable.Range(0, series.Count).Select(at => series.Key(at).ToString()).ShouldBe(["host=a", "host=b"]);
    }

    [Fact]
    public void Read_TextBesideASingleSeries_IsLeftOutWithAWarning()
    {
        var table = ReadCsv("time,note,bytes\n2024-03-01T00:00:00Z,a,1\n2024-03-01T00:01:00Z,b,2\n");

        table.Column("bytes").ToArray().ShouldBe([1, 2]);
        table.Warnings.ShouldHaveSingleItem().ShouldContain("note");
    }

    [Fact]
    public void Read_ByAColumnOfNumbers_IsItsDimension() =>
        Series("time,port,bytes\n2024-03-01T00:00:00Z,53,1\n2024-03-01T00:00:00Z,80,2\n", new() { By = ["port"] }).Count.ShouldBe(2);

    [Fact]
    public void Read_ByAnUnknownColumn_NamesThoseThatThereAre() =>
        Should.Throw<AiOutliersException>(() => Series("time,bytes\n2024-03-01T00:00:00Z,1\n", new() { By = ["host"] })).Message.ShouldContain("it has: time, bytes");

    [Fact]
    public void Read_ByAMisspeltColumn_SaysWhatMayHaveBeenMeant() =>
        Should.Throw<AiOutliersException>(() => Series("time,host,bytes\n2024-03-01T00:00:00Z,a,1\n", new() { By = ["hst"] })).Message
            .ShouldBe("'t.csv' has no column hst; it has: time, host, bytes. Did you mean 'host'?");

    [Fact]
    public void Read_RowsWithoutATime_AreLeftOutWithAWarning()
    {
        var table = ReadCsv("timestamp,bytes\n2024-03-01T00:00:00Z,1\n,5\n2024-03-01T00:01:00Z,2\n");

        table.Column("bytes").ToArray().ShouldBe([1, 2]);
        table.Warnings.ShouldHaveSingleItem().ShouldContain("Left out: 1 row without a time");
    }

    [Theory]
    [InlineData("c02_two_times.parquet", 2)]
    [InlineData("c02_time_last.parquet", 0)]
    [InlineData("c02_date.parquet", 0)]
    public void Read_ParquetWithItsTimeAnywhere_FindsIt(string file, int warnings)
    {
        var table = TableFileReader.Read(Golden.Path($"cases/{file}"), file);

        table.Rows.ShouldBeGreaterThan(0);
        table.Times[0].ShouldBeGreaterThan(1_600_000_000_000);
        table.Timestamps[0].ShouldEndWith(".000Z");
        table.Warnings.Count.ShouldBe(warnings);
    }

    [Fact]
    public void Read_ParquetWithInfiniteTimes_LeavesThoseRowsOut() =>
        TableFileReader.Read(Golden.Path("cases/c02_infinite_time.parquet"), "t").Warnings.ShouldContain(static warning => warning.Contains("without a time"));

    [Fact]
    public void Read_DamagedParquet_NamesTheFileWithoutItsPath()
    {
        var path = Path.Combine(_folder.Path, "t.parquet");
        File.WriteAllText(path, "PAR1 and then nothing that makes sense");
        var error = Should.Throw<AiOutliersException>(() => TableFileReader.Read(path, "'t.parquet'"));
        error.Message.ShouldContain("'t.parquet'");
        error.Message.ShouldNotContain(_folder.Path);
    }

    private MetricTable ReadCsv(string csv)
    {
        var path = Path.Combine(_folder.Path, "t.csv");
        File.WriteAllText(path, csv);
        return TableFileReader.Read(path, "'t.csv'");
    }

    private SeriesSet Series(string csv, InputOptions options)
    {
        var path = Path.Combine(_folder.Path, "t.csv");
        File.WriteAllText(path, csv);
        return TableFileReader.Read(path, "'t.csv'", options);
    }
}
