using System.Diagnostics;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Embedded;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Embedded;

/// <summary>What a query may take of the machine is bounded, and nothing is left behind.</summary>
public sealed class EngineBoundsTests
{
    /// <summary>So many different values that their counting does not fit into the memory given here.</summary>
    private static readonly string Large = $$"""
        {"queryType":"timeseries","dataSource":"t","granularity":"all","intervals":["2024-01-01/2025-01-01"],
         "aggregations":[{{Cardinalities()}}],"context":{"timeout":60000 } }
        """;

    [Fact]
    public async Task Query_MoreThanMemoryAndDisk_IsRefusedAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using var temporary = new TemporaryFolder();
        WriteRows(folder);
        var before = Directory.GetFileSystemEntries(Environment.CurrentDirectory);
        var options = new EmbeddedOptions { MemoryMegabytes = 90, TemporaryMegabytes = 1, TemporaryPath = temporary.Path };
        using (var engine = new EmbeddedEngine(folder.Path, options: options))
        {
            var error = await Should.ThrowAsync<AiOutliersException>(() => engine.AnswerAsync(Encoding.UTF8.GetBytes(Large)));
            error.Message.ShouldContain("could not run the query");
            Size(temporary.Path).ShouldBeLessThan(8 << 20);
        }
        Directory.GetFileSystemEntries(temporary.Path).ShouldBeEmpty();
        Directory.GetFileSystemEntries(Environment.CurrentDirectory).ShouldBe(before);
    }

    [Fact]
    public void Start_AfterAProcessWasKilled_RemovesItsFiles()
    {
        using var temporary = new TemporaryFolder();
        var left = Directory.CreateDirectory(Path.Combine(temporary.Path, $"engine-{Gone()}-1"));
        var living = Directory.CreateDirectory(Path.Combine(temporary.Path, "engine-1-1"));
        File.WriteAllText(Path.Combine(left.FullName, "spilled"), "x");

        using (new EmbeddedEngine(Golden.Path("druid/data"), options: new() { TemporaryPath = temporary.Path }))
        {
            Directory.Exists(left.FullName).ShouldBeFalse();
            Directory.Exists(living.FullName).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public async Task Query_UnionOfMany_IsBounded(int members, bool allowed)
    {
        using var engine = new EmbeddedEngine(Golden.Path("druid/data"));
        var names = string.Join(',', Enumerable.Repeat("\"flows\"", members));
        var query = Encoding.UTF8.GetBytes($$$"""
            {"queryType":"timeseries","dataSource":{"type":"union","dataSources":[{{{names}}}]},
             "granularity":"all","intervals":["2024-03-01/2024-03-02"],"aggregations":[{"type":"count","name":"n"}]}
            """);

        if (allowed)
            (await engine.QueryAsync(query)).Rows.ShouldBe(1);
        else
            (await Should.ThrowAsync<AiOutliersException>(() => engine.QueryAsync(query))).Message.ShouldContain("union of more than 50");
    }

    [Theory]
    [InlineData("3600000")]
    [InlineData("0")]
    public async Task Query_AsksForMoreTimeThanIsAllowed_GetsWhatIsAllowed(string timeout)
    {
        using var folder = new TemporaryFolder();
        WriteRows(folder);
        using var engine = new EmbeddedEngine(folder.Path, options: new() { LongestQuery = TimeSpan.FromMilliseconds(1) });
        var query = Large.Replace("60000", timeout, StringComparison.Ordinal);
        var error = await Should.ThrowAsync<AiOutliersException>(() => engine.AnswerAsync(Encoding.UTF8.GetBytes(query)));
        error.Message.ShouldContain("within the query's timeout");
    }

    [Fact]
    public async Task Query_ExpressionOfAQuoteOnly_IsNamed()
    {
        using var engine = new EmbeddedEngine(Golden.Path("druid/data"));
        var query = """
            {"queryType":"timeseries","dataSource":"flows","granularity":"all","intervals":["2024-03-01/2024-03-02"],
             "aggregations":[{"type":"count","name":"n"}],"postAggregations":[{"type":"expression","name":"e","expression":"\""}]}
            """;
        var error = await Should.ThrowAsync<AiOutliersException>(() => engine.AnswerAsync(Encoding.UTF8.GetBytes(query)));
        error.Kind.ShouldBe(ErrorKind.BadInput);
    }

    /// <summary>Each counts other rows, so that none can be computed with another.</summary>
    private static string Cardinalities() => string.Join(',', Enumerable.Range(0, 60).Select(static i => $$"""
        {"type":"filtered","filter":{"type":"not","field":{"type":"selector","dimension":"a","value":"value-number-{{i}}" } },
         "aggregator":{"type":"cardinality","name":"c{{i}}","fields":["b"] } }
        """));

    private static void WriteRows(TemporaryFolder folder)
    {
        var rows = Enumerable.Range(0, 100_000)
            .Select(static row => $"{1_704_067_200_000 + row * 1000L},value-number-{row},{row * 7919L % 400_009}-other");
        File.WriteAllLines(Path.Combine(folder.Path, "t.csv"), rows.Prepend("timestamp,a,b"));
    }

    private static long Size(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);

    /// <summary>The number of a process that has ended.</summary>
    private static int Gone()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        return process.Id;
    }
}
