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
    [InlineData("2024-03-01T00:00:00Z,1\n2024-03-01T00:01:00Z,2\n", "begins with a row of data")]
    [InlineData("timestamp,bytes\n2024-03-01T00:00:00Z,1\n2024-03-01T00:01:00Z,1,2,3\n", "as many fields in every row")]
    [InlineData("timestamp\n2024-03-01T00:00:00Z\n", "one column only")]
    [InlineData("timestamp,bytes\nyesterday,1\n", "'timestamp' of row 1")]
    [InlineData("timestamp,bytes,name\n2024-03-01T00:00:00Z,1,x\n", "'name' of row 1")]
    public void Read_Unusable_SaysWhatIsWrongAndNamesTheFile(string csv, string words)
    {
        var error = Should.Throw<AiOutliersException>(() => ReadCsv(csv));
        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain(words);
        error.Message.ShouldContain("'t.csv'");
        error.Message.ShouldNotContain(_folder.Path);
    }

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
}
