using System.Diagnostics;
using AiOutliers.Druid.Embedded;
using AiOutliers.Tests.Shared;
using static AiOutliers.Druid.Tests.Embedded.CompressedTablesTests;

namespace AiOutliers.Druid.Tests.Embedded;

/// <summary>Which tables a folder has, while its files come and go.</summary>
public sealed class DataFolderTests
{
    private const string Tables = "SELECT count(*) FROM duckdb_databases() WHERE database_name LIKE 'source%'";

    /// <summary>As of a folder in which every day has a file, and the oldest are deleted.</summary>
    [Fact]
    public void Find_AfterFilesAreGone_KeepsNoTablesOfThem()
    {
        using var folder = new TemporaryFolder();
        using var files = new DataFolder(folder.Path, new());
        foreach (var name in new[] { "one", "two", "three" })
        {
            Write(folder, name, 10);
            files.Find(Named(name));
        }
        File.Delete(Path.Combine(folder.Path, "one.csv"));
        File.Delete(Path.Combine(folder.Path, "two.csv"));
        Write(folder, "four", 10);

        var four = files.Find(Named("four"));

        using var connection = files.Connect();
        Number(connection, Tables).ShouldBe(2);
        Number(connection, $"SELECT count(*) FROM {four.Sql}").ShouldBe(10);
        files.Find(Named("one")).Describe().ShouldBeNull();
    }

    /// <summary>A file that does not end, as a large one takes long: its loading is nobody's affair who asks for another.</summary>
    [Fact]
    public async Task Find_WhileAnotherFileIsLoaded_DoesNotWait()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "t", 10);
        using var files = new DataFolder(folder.Path, new());
        files.Find(Named("t"));
        var pipe = Path.Combine(folder.Path, "slow.csv");
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        var slow = Task.Run(() => files.Find(Named("slow")));
        // The loading has come to the pipe when somebody can write to it.
        await using (var end = await Task.Run(() => File.OpenWrite(pipe)))
        {
            var found = await Task.Run(() => files.Find(Named("t"))).WaitAsync(TimeSpan.FromSeconds(30));
            using var connection = await Task.Run(files.Connect).WaitAsync(TimeSpan.FromSeconds(30));

            Number(connection, $"SELECT count(*) FROM {found.Sql}").ShouldBe(10);
            slow.IsCompleted.ShouldBeFalse();
        }
        // The database opens it again to read it from its begin, and meets its end.
        while (!slow.IsCompleted)
            await OpenedAsync(pipe);
        slow.IsFaulted.ShouldBeTrue();
    }

    [Fact]
    public void Find_FileThatCannotBeLoaded_LeavesNoTable()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "t.csv"), "timestamp,bytes\nsometime,1\n");
        using var files = new DataFolder(folder.Path, new());

        Should.Throw<Detection.AiOutliersException>(() => files.Find(Named("t"))).Message.ShouldContain("cannot be read as a data source");

        using var connection = files.Connect();
        Number(connection, Tables).ShouldBe(0);
    }

    private static async Task OpenedAsync(string pipe)
    {
        using var writer = Process.Start("timeout", ["1", "sh", "-c", $": > '{pipe}'"]);
        await writer.WaitForExitAsync();
    }
}
