using System.Text;
using AiOutliers.Druid.Embedded;
using AiOutliers.Samples;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Samples;

/// <summary>The sample data in the repository, its generator and its query.</summary>
public sealed class SampleTests
{
    private static readonly string Folder = Path.Combine(Golden.Path("."), "..", "..", "samples");

    [Fact]
    public void Write_SameSeed_GivesTheFilesOfTheRepository()
    {
        using var written = new TemporaryFolder();
        SampleFiles.Write(written.Path);
        foreach (var name in new[] { "rb_flow.parquet", "rb_flow_detail.parquet", "labels.json" })
            File.ReadAllBytes(Path.Combine(written.Path, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Folder, name))).ShouldBeTrue(name);
    }

    [Fact]
    public async Task Query_Documented_ShowsTheFlood()
    {
        using var engine = new EmbeddedEngine(Folder);
        var table = await engine.QueryAsync(File.ReadAllBytes(Path.Combine(Folder, "query.json")));
        table.Rows.ShouldBe(288);
        var bytes = table.Column("bytes").ToArray();
        bytes[170..177].Average().ShouldBeGreaterThan(2.5 * bytes[160..169].Average());
        table.Column("bps")[0].ShouldBe(bytes[0] * 8 / 300, bytes[0] * 1e-9);
    }

    [Theory]
    [InlineData("headquarters", "2024-09-27T11:00Z/PT20M", "2024-09-20T11:00Z/PT20M", 0.0, 0.05)]
    [InlineData("branch-madrid", "2024-09-25T10:05Z/PT35M", "2024-09-18T10:05Z/PT35M", 0.0, 0.05)]
    [InlineData("data-center", "2024-09-18T03:20Z/PT30M", "2024-09-11T03:20Z/PT30M", 8, 20)]
    [InlineData("headquarters", "2024-09-24T14:10Z/PT35M", "2024-09-17T14:10Z/PT35M", 15, 40)]
    public async Task Query_LabelledIncident_DiffersFromTheSameHourAWeekBefore(string sensor, string interval, string weekBefore, double least, double most)
    {
        using var engine = new EmbeddedEngine(Folder);
        var during = await FlowsAsync(engine, sensor, interval);
        var before = await FlowsAsync(engine, sensor, weekBefore);
        (during / before).ShouldBeInRange(least, most);
    }

    [Fact]
    public async Task Query_LostExporter_HasNoRows()
    {
        using var engine = new EmbeddedEngine(Folder);
        (await FlowsAsync(engine, "data-center", "2024-09-26T16:00Z/PT90M")).ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData("headquarters", "2024-09-24T14:05Z/PT45M")]
    [InlineData("branch-madrid", "2024-09-28T21:00Z/PT25M")]
    [InlineData("guest-wifi", "2024-09-06T11:00Z/PT20M")]
    public async Task Detail_OfAWindow_AddsUpToTheFlowsOfTheSensor(string sensor, string interval)
    {
        using var engine = new EmbeddedEngine(Folder);

        (await FlowsAsync(engine, sensor, interval, "rb_flow_detail")).ShouldBe(await FlowsAsync(engine, sensor, interval));
    }

    private static async Task<double> FlowsAsync(EmbeddedEngine engine, string sensor, string interval, string source = "rb_flow") => (await engine.QueryAsync(Encoding.UTF8.GetBytes(
        $$"""{"queryType":"timeseries","dataSource":"{{source}}","granularity":"all","intervals":["{{interval}}"],"filter":{"type":"selector","dimension":"sensor_name","value":"{{sensor}}"},"aggregations":[{"type":"longSum","name":"flows","fieldName":"events"}]}"""))).Column("flows")[0];
}
