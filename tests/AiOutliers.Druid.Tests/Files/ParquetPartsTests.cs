using AiOutliers.Detection.Series;
using AiOutliers.Druid.Files;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>Parquet of many groups of rows is read in parts at the same time, CSV from the first row to the last.</summary>
public sealed class ParquetPartsTests : IDisposable
{
    private const string Groups = "FORMAT parquet, ROW_GROUP_SIZE 2048";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", null)]
    [InlineData("host,", null)]
    [InlineData("host, port,", null)]
    [InlineData("host, port,", "port")]
    public void Read_ParquetOfManyGroups_GivesWhatCsvGives(string dimensions, string? by)
    {
        // Series that come up late, or end early; rows without a time, a host or a value; times that come again, or too early.
        var rows = $"""
            SELECT CASE WHEN i % 1000 <> 7 THEN TIMESTAMP '2024-03-01' + to_seconds((i * 7919) % 40000 + i // 10) END AS time, {dimensions}
              CASE WHEN i % 11 <> 3 THEN i END AS bytes
            FROM (SELECT i, CASE WHEN i % 13 <> 5 THEN 'host-' || (i % 5 + i // 9000) END AS host, 'p' || (i % 3) AS port FROM range(40000) AS t(i))
            """;
        var options = new InputOptions { By = by is null ? null : [by] };
        var (csv, parquet) = (Written(rows, "FORMAT csv, HEADER", options), Written(rows, Groups, options));

        parquet.Count.ShouldBe(csv.Count);
        parquet.Warnings.ShouldBe(csv.Warnings);
        for (var series = 0; series < csv.Count; series++)
        {
            parquet.Key(series).ShouldBe(csv.Key(series));
            var (table, expected) = (parquet.Table(series), csv.Table(series));
            table.Times.ToArray().ShouldBe(expected.Times.ToArray());
            table.Column("bytes").ToArray().ShouldBe(expected.Column("bytes").ToArray());
            table.Warnings.ShouldBe(expected.Warnings);
        }
    }

    [Fact]
    public void Read_ParquetOfManyGroups_ThatIsOneSeries_SaysWhatItIs()
    {
        var series = Written("SELECT TIMESTAMP '2024-03-01' + to_seconds(i) AS time, 'h' || (i % 2) AS host, i AS bytes FROM range(40000) AS t(i)",
            Groups, InputOptions.None);

        series.IsSingle.ShouldBeTrue();
        series.Table(0).Rows.ShouldBe(40_000);
        series.Table(0).Warnings.ShouldBeEmpty();
        series.Warnings.ShouldBe(["Left out, being text: host. With --by, each of its values becomes a series."]);
    }

    private SeriesSet Written(string rows, string format, InputOptions options)
    {
        var path = Path.Combine(_folder.Path, "t");
        TableFiles.Write(path, rows, format);
        return TableFileReader.Read(path, "'t'", options);
    }
}
