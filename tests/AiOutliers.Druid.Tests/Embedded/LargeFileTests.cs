using System.Text;
using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Embedded;
using AiOutliers.Tests.Shared;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Tests.Embedded;

/// <summary>200,000 rows of a minute each are large for 12 MB of memory.</summary>
public sealed class LargeFileTests
{
    private const int Rows = 200_000;

    private const string Query = """
        {"queryType":"groupBy","dataSource":"t","granularity":"all","intervals":["2024-01-02/2024-01-03"],"dimensions":["host"],
         "aggregations":[{"type":"longSum","name":"sum","fieldName":"bytes"},{"type":"longFirst","name":"first","fieldName":"bytes"},
                         {"type":"longLast","name":"last","fieldName":"bytes"},{"type":"count","name":"n"}]}
        """;

    [Fact]
    public async Task File_InOrderOfTime_IsReadWhereItIs_AndAnswersTheSame()
    {
        using var folder = new TemporaryFolder();
        using var temporary = new TemporaryFolder();
        Write(folder, "ORDER BY i");
        using var small = new EmbeddedEngine(folder.Path, options: Small(temporary));
        using var large = new EmbeddedEngine(folder.Path);

        var answer = await AskAsync(small);

        answer.ShouldBe(await AskAsync(large));
        JsonDocument.Parse(answer).RootElement.EnumerateArray().Sum(static row => row.GetProperty("event").GetProperty("n").GetInt32())
            .ShouldBe(1440);
    }

    /// <summary>The table before a replaced one is dropped: of such a file it is not a table.</summary>
    [Fact]
    public async Task File_ReplacedAgainAndAgain_IsReadAnew()
    {
        using var folder = new TemporaryFolder();
        using var temporary = new TemporaryFolder();
        using var small = new EmbeddedEngine(folder.Path, options: Small(temporary));
        for (var version = 1; version <= 4; version++)
        {
            Write(folder, $"ORDER BY i LIMIT {Rows - version}");
            File.SetLastWriteTimeUtc(Path.Combine(folder.Path, "t.parquet"), DateTime.UnixEpoch.AddDays(version));

            (await AskAsync(small)).ShouldContain("host-1");
        }
    }

    [Fact]
    public async Task File_InNoOrder_ThatDoesNotFit_SaysWhatWouldHelp()
    {
        using var folder = new TemporaryFolder();
        using var temporary = new TemporaryFolder();
        Write(folder, "ORDER BY hash(i)");
        using var small = new EmbeddedEngine(folder.Path, options: Small(temporary));

        var error = await Should.ThrowAsync<AiOutliersException>(() => AskAsync(small));

        error.Message.ShouldBe("the file 't.parquet' is too large for the embedded engine; "
            + "a Parquet file whose rows are in order of time may be of any size");
    }

    /// <summary>As many texts as rows: what is sorted does not fit into the memory that a service gives, and what is kept does.</summary>
    [Fact]
    public async Task File_WithDifferentTexts_IsLoadedByTheFirstQuestion()
    {
        using var folder = new TemporaryFolder();
        using var temporary = new TemporaryFolder();
        await using (var csv = File.CreateText(Path.Combine(folder.Path, "t.csv")))
        {
            csv.WriteLine("__time,host,bytes");
            for (var row = 0; row < 600_000; row++)
                csv.WriteLine($"2024-01-0{1 + row % 7}T00:00:00Z,a-rather-long-host-{row * 7919L % 1_000_003}-of-its-own,{row}");
        }
        using var engine = new EmbeddedEngine(folder.Path, options: new() { MemoryMegabytes = 96, TemporaryPath = temporary.Path });

        var answer = await engine.QueryAsync("""
            {"queryType":"timeseries","dataSource":"t","granularity":"day","intervals":["2024-01-01/2024-01-08"],
             "aggregations":[{"type":"count","name":"n"}]}
            """u8.ToArray());

        answer.Column("n").ToArray().Sum().ShouldBe(600_000);
    }

    private static EmbeddedOptions Small(TemporaryFolder temporary) =>
        new() { MemoryMegabytes = 12, TemporaryMegabytes = 1, TemporaryPath = temporary.Path };

    private static async Task<string> AskAsync(EmbeddedEngine engine) =>
        Encoding.UTF8.GetString(await engine.AnswerAsync(Encoding.UTF8.GetBytes(Query)));

    private static void Write(TemporaryFolder folder, string order)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            COPY (SELECT TIMESTAMP '2024-01-01' + to_minutes(i) AS __time, 'host-' || i % 7 AS host, i * 37 % 1000 AS bytes
              FROM range({Rows}) t(i) {order}) TO '{Path.Combine(folder.Path, "t.parquet")}' (FORMAT parquet)
            """;
        command.ExecuteNonQuery();
    }
}
