using System.Text;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid.Files;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>Tables with the dimensions of a row beside its time and values, of more rows than one chunk of the database.</summary>
public sealed class LongTableTests : IDisposable
{
    private const int Rows = 150_000;
    private const int Hosts = 30;
    private const long Midnight = 1709251200000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_CsvAndParquet_GiveTheSeriesThatWereWritten()
    {
        foreach (var series in new[] { Csv(Long()), Parquet() })
        {
            series.Rows.ShouldBe(Rows);
            series.Count.ShouldBe(Hosts);
            for (var host = 0; host < Hosts; host += 7)
            {
                series.Key(host).ToString().ShouldBe($"host=a-rather-long-host-{host}");
                var table = series.Table(host);
                table.Rows.ShouldBe(Rows / Hosts);
                table.Times[^1].ShouldBe(Midnight + 60_000L * (Rows / Hosts - 1));
                table.Column("bytes")[9].ShouldBe(9 * Hosts + host);
                table.Warnings.ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void Read_CsvWithAWrongNumberFarBelow_NamesItsRowAndColumn()
    {
        var csv = Long().Split('\n');
        csv[140_000] = csv[140_000] + "x";
        Should.Throw<AiOutliersException>(() => Csv(string.Join('\n', csv))).Message
            .ShouldBe("'bytes' of row 140000 of 't.csv' is not a number: '139999x'");
    }

    [Fact]
    public void Read_TimesInTwoForms_AreRepeatedAsTheyCame()
    {
        var series = Csv("time,host,bytes\n2024-03-01 00:00,a,1\n2024-03-01T00:00:00Z,b,2\n2024-03-01T00:00:00.000Z,c,3\n2024-03-01 00:00,d,4\n");

        Enumerable.Range(0, 4).Select(at => series.Table(at).Timestamps[0])
            .ShouldBe(["2024-03-01 00:00", "2024-03-01T00:00:00Z", "2024-03-01T00:00:00.000Z", "2024-03-01 00:00"]);
    }

    [Fact]
    public void Read_SeveralDimensions_MakeASeriesForEachCombination()
    {
        var series = Csv("time,host,port,bytes\n1709251200,a,x,1\n1709251200,a,,2\n1709251200,,x,3\n1709251260,a,x,4\n");

        Enumerable.Range(0, series.Count).Select(at => series.Key(at).ToString()).ShouldBe(["host=a, port=x", "host=a", "port=x"]);
        series.Table(0).Column("bytes").ToArray().ShouldBe([1, 4]);
    }

    private static string Long()
    {
        var csv = new StringBuilder("time,host,bytes\n");
        for (var row = 0; row < Rows; row++)
            csv.Append($"{CanonicalTimestamp.Of(Midnight + 60_000L * (row / Hosts))},a-rather-long-host-{row % Hosts},{row}\n");
        return csv.ToString();
    }

    private SeriesSet Csv(string csv)
    {
        var path = Path.Combine(_folder.Path, "t.csv");
        File.WriteAllText(path, csv);
        return TableFileReader.Read(path, "'t.csv'", InputOptions.None);
    }

    private SeriesSet Parquet()
    {
        var path = Path.Combine(_folder.Path, "t.parquet");
        TableFiles.Write(path, $"""
            SELECT TIMESTAMP '2024-03-01' + to_minutes(i // {Hosts}) AS time, 'a-rather-long-host-' || (i % {Hosts}) AS host, i AS bytes
            FROM range({Rows}) AS t(i)
            """, "FORMAT parquet");
        return TableFileReader.Read(path, "'t.parquet'", InputOptions.None);
    }
}
