using System.Globalization;
using System.Text.Json;
using AiOutliers.Druid.Embedded;
using AiOutliers.Druid.Query;
using AiOutliers.Tests.Shared;
using DuckDB.NET.Data;

namespace AiOutliers.Druid.Tests.Embedded;

/// <summary>What is loaded is compressed, also while others read.</summary>
public sealed class CompressedTablesTests
{
    private static readonly DateTime Start = new(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_FileOfManyRows_TakesLittleMemory(bool isRead)
    {
        using var folder = new TemporaryFolder();
        Write(folder, "other", 10);
        Write(folder, "many", 400_000);
        using var files = new DataFolder(folder.Path, new());
        var other = files.Find(Named("other"));
        using var reader = files.Connect();
        using var transaction = isRead ? reader.BeginTransaction() : null;
        if (isRead)
            Number(reader, $"SELECT count(*) FROM {other.Sql}").ShouldBe(10);

        var many = files.Find(Named("many"));

        using var connection = files.Connect();
        Number(connection, $"SELECT count(*) FROM {many.Sql}").ShouldBe(400_000);
        // Three columns of eight bytes are 9.6 MB as they are.
        Number(connection, "SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'").ShouldBeLessThan(3_000_000);
    }

    [Fact]
    public void Find_ChangedFileWhileTheOldOneIsRead_IsLoadedAndTheReaderKeepsItsOwn()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "t", 1000);
        using var files = new DataFolder(folder.Path, new());
        var old = files.Find(Named("t"));
        using var reader = files.Connect();
        using var transaction = reader.BeginTransaction();
        Number(reader, $"SELECT count(*) FROM {old.Sql}").ShouldBe(1000);

        for (var change = 1; change <= 3; change++)
        {
            Write(folder, "t", 1000 + change);
            File.SetLastWriteTimeUtc(Path.Combine(folder.Path, "t.csv"), Start.AddDays(change));
            var changed = files.Find(Named("t"));
            using var connection = files.Connect();
            Number(connection, $"SELECT count(*) FROM {changed.Sql}").ShouldBe(1000 + change);
        }

        Number(reader, $"SELECT count(*) FROM {old.Sql}").ShouldBe(1000);
    }

    internal static void Write(TemporaryFolder folder, string name, int rows) => File.WriteAllLines(
        Path.Combine(folder.Path, name + ".csv"),
        Enumerable.Range(0, rows).Select(static row => string.Create(CultureInfo.InvariantCulture, $"{Start.AddSeconds(row):s}Z,{row % 11}"))
            .Prepend("timestamp,bytes"));

    internal static DataSourceSpec Named(string name) => DataSourceSpec.From(JsonSerializer.SerializeToElement(name));

    internal static long Number(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
