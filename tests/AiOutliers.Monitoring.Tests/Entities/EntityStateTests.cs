using System.Globalization;
using System.Text;
using AiOutliers.Druid.Embedded;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis;
using AiOutliers.Models.Store;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Monitoring.Tests.Entities;

/// <summary>
/// Runs of a monitor that keeps the state of its entities, over a file of hourly rows: a and b for 20 days, c from the last hours of the
/// 19th on.
/// </summary>
public sealed class EntityStateTests : IAsyncLifetime
{
    private const string Document = """
        apiVersion: aioutliers/v1
        kind: Monitor
        metadata: { name: hosts }
        spec:
          series: { dataSource: hosts, metrics: [{ type: longSum, name: bytes, fieldName: sum_bytes }], granularity: PT1H, by: [host] }
          schedule: every 1h
          history: P14D
        """;

    private static readonly DateTimeOffset Begin = DateTimeOffset.Parse("2024-09-01T00:00:00Z");

    private readonly Databases _databases = new();
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new(Begin.AddDays(19).AddSeconds(1));
    private DatabaseAddress _address = null!;
    private CountedRows _source = null!;

    public async ValueTask InitializeAsync()
    {
        var rows = new StringBuilder("__time,host,sum_bytes\n");
        for (var hour = 0; hour < 20 * 24; hour++)
        {
            var usual = 100_000 * (2 + Math.Sin(hour * Math.PI / 12)) + hour * 37 % 1000;
            foreach (var host in hour >= 19 * 24 - 2 ? new[] { "a", "b", "c" } : ["a", "b"])
                rows.Append(CultureInfo.InvariantCulture, $"{Begin.AddHours(hour):yyyy-MM-ddTHH:mm:ssZ},{host},{usual:0}\n");
        }
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "hosts.csv"), rows.ToString());
        _address = await _databases.CreateAsync(Databases.Sqlite);
        _source = new(new EmbeddedEngine(Data));
    }

    public async ValueTask DisposeAsync()
    {
        await _databases.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_AfterTheFirst_AsksForTheNewBucketsOnly()
    {
        await using var runtime = await StartAsync(Document);
        await RunAsync(runtime);
        (runtime.Entities.Entities["hosts"], runtime.Entities.Rebuilt).ShouldBe((3, 3));
        _source.Rows = 0;
        _clock.Now += TimeSpan.FromHours(1);

        await RunAsync(runtime);

        _source.Rows.ShouldBe(3);
        (await LastAsync(runtime)).ShouldSatisfyAllConditions(
            static run => (run.State, run.RowsRead, run.Judged).ShouldBe((RunStates.Done, 3, 2)),
            static run => run.NotJudged!.ShouldContain("learning"));
    }

    [Fact]
    public async Task NewEntity_AfterADay_IsJudged()
    {
        await using var runtime = await StartAsync(Document.Replace("spec:", "spec:\n  catchUp: P2D"));
        await RunAsync(runtime);
        _clock.Now += TimeSpan.FromHours(23);

        await RunAsync(runtime);

        (await LastAsync(runtime)).Judged.ShouldBe(3);
        runtime.Entities.Rebuilt.ShouldBe(3);
    }

    [Fact]
    public async Task Restart_GoesOnWithTheStoredState()
    {
        await RunOnceAsync(Document);
        _source.Rows = 0;
        _clock.Now += TimeSpan.FromHours(2);

        await using var runtime = await StartAsync(Document);
        await RunAsync(runtime);

        (runtime.Entities.Loaded, runtime.Entities.Rebuilt).ShouldBe((3, 0));
        // The two new hours, twice where a run asks for its own window too, and the number of rows in the hours of a week.
        _source.Rows.ShouldBeLessThan(250);
        (await LastAsync(runtime)).State.ShouldBe(RunStates.Done);
    }

    /// <summary>Its rows may be others: old values beside new ones would be judged together.</summary>
    [Fact]
    public async Task State_OfTheSameMonitorInAnotherDatabase_IsReadAnew()
    {
        await RunOnceAsync(Document);
        _address = await _databases.CreateAsync(Databases.Sqlite);
        _clock.Now += TimeSpan.FromHours(1);

        await using var runtime = await StartAsync(Document);
        await RunAsync(runtime);

        (runtime.Entities.Loaded, runtime.Entities.Rebuilt).ShouldBe((0, 3));
    }

    [Theory]
    [InlineData("gone", 0)]
    [InlineData("damaged", 0)]
    [InlineData("cut", 0)]
    public async Task Shard_ThatIsLostOrDamaged_IsReadAnew(string what, int loaded)
    {
        await RunOnceAsync(Document);
        var file = Directory.GetFiles(_folder.Path, "*.shard", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[500] ^= 1;
        if (what == "gone")
            File.Delete(file);
        else
            await File.WriteAllBytesAsync(file, what == "cut" ? bytes[..10] : bytes);
        _clock.Now += TimeSpan.FromHours(1);

        await using var runtime = await StartAsync(Document);
        await RunAsync(runtime);

        (runtime.Entities.Loaded, runtime.Entities.Rebuilt).ShouldBe((loaded, 3));
        (await LastAsync(runtime)).Judged.ShouldBe(2);
    }

    [Fact]
    public async Task Shard_OfAnEarlierLargerState_IsRemoved()
    {
        await RunOnceAsync(Document);
        var file = Directory.GetFiles(_folder.Path, "*.shard", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var older = Path.Combine(Path.GetDirectoryName(file)!, "0001.shard");
        File.Copy(file, older);
        _clock.Now += TimeSpan.FromHours(1);

        await RunOnceAsync(Document);

        File.Exists(file).ShouldBeTrue();
        File.Exists(older).ShouldBeFalse();
    }

    [Fact]
    public async Task Revision_ThatChangesTheQuestion_BeginsAnew()
    {
        await RunOnceAsync(Document);
        _clock.Now += TimeSpan.FromHours(2);

        await using var runtime = await StartAsync(Document.Replace("PT1H", "PT2H").Replace("every 1h", "every 2h"));
        await RunAsync(runtime);

        (runtime.Entities.Loaded, runtime.Entities.Rebuilt).ShouldBe((0, 3));
        (await LastAsync(runtime)).State.ShouldBe(RunStates.Done);
    }

    [Fact]
    public async Task Monitor_ThatIsDeleted_TakesNoMemoryAnyMore()
    {
        await using var runtime = await StartAsync(Document);
        await RunAsync(runtime);
        runtime.Entities.Bytes.ShouldBeGreaterThan(0);

        await runtime.Catalog.DeleteAsync("Monitor", "hosts", new Actor("test"), default);
        await RunAsync(runtime);

        (runtime.Entities.Entities.Count, runtime.Entities.Bytes).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("sum_bytes", "nope", "bytes", "'bytes' aggregates 'nope', which is not a column of hosts")]
    [InlineData("by: [host]", "by: [nope]", "nope", "'nope' is not a dimension of hosts; it has: host")]
    public async Task Monitor_OfAColumnThatIsNotThere_SaysWhyThereIsNoResult(string known, string unknown, string missing, string doubt)
    {
        var document = Document.Replace(known, unknown);
        await using var runtime = await StartAsync(document);
        await RunAsync(runtime);

        (await LastAsync(runtime)).Reason!.ShouldStartWith($"no row has a value of {missing}; check");
        (await runtime.DoubtsAsync(runtime.Catalog.Read(document, "test").Monitors[0], new EmbeddedEngine(Data), default))
            .ShouldHaveSingleItem().ShouldStartWith(doubt);
    }

    [Fact]
    public async Task Monitor_WithoutAResult_SaysWhatWasLeftOutToo()
    {
        var document = Document.Replace("sum_bytes", "nope").Replace("by: [host]", "by: [host], top: 1");
        await using var runtime = await StartAsync(document);
        await RunAsync(runtime);

        (await LastAsync(runtime)).Reason!.ShouldEndWith("; there are more than 1 entities: the largest 1 are judged");
        var cost = await runtime.CostAsync(
            runtime.Catalog.Read(document, "test").Monitors[0], new EmbeddedEngine(Data), default);
        cost.Entities.ShouldBe(1);
        cost.LeftOut.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Monitor_OfColumnsThatAreThere_RaisesNoDoubt()
    {
        await using var runtime = await StartAsync(Document);

        (await runtime.DoubtsAsync(runtime.Catalog.Read(Document, "test").Monitors[0], new EmbeddedEngine(Data), default)).ShouldBeEmpty();
    }

    /// <summary>Two nodes: the first ends after the second has gone on with the monitor.</summary>
    [Fact]
    public async Task End_OfANodeThatAnotherHasGoneOnFrom_LeavesTheNewerState()
    {
        var first = await StartAsync(Document);
        await RunAsync(first);
        _clock.Now += TimeSpan.FromHours(2);
        await RunOnceAsync(Document);
        var file = Directory.GetFiles(_folder.Path, "*.shard", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var newer = await File.ReadAllBytesAsync(file);

        await first.DisposeAsync();

        (await File.ReadAllBytesAsync(file)).ShouldBe(newer);
    }

    [Fact]
    public async Task Monitor_ThatIsDeleted_LeavesNothingInTheStore()
    {
        await RunOnceAsync(Document);
        await RunOnceAsync(Document.Replace("hosts }", "hosts.other }"));

        await using var runtime = await StartAsync(Document);
        await runtime.Catalog.DeleteAsync("Monitor", "hosts", new Actor("test"), default);
        await RunAsync(runtime);

        Directory.GetFiles(_folder.Path, "*.shard", SearchOption.AllDirectories).ShouldHaveSingleItem().ShouldContain("hosts.other");
    }

    private string Data => Path.Combine(_folder.Path, "data");

    private async Task RunOnceAsync(string document)
    {
        await using var runtime = await StartAsync(document);
        await RunAsync(runtime);
    }

    private async Task<MonitoringRuntime> StartAsync(string document)
    {
        var settings = new MonitoringSettings
        {
            Database = _address,
            Entities = () => new FolderObjectStore(Path.Combine(_folder.Path, "models")),
        };
        var runtime = new MonitoringRuntime(settings, new EngineSettings(), _clock);
        await runtime.Catalog.ApplyAsync(runtime.Catalog.Read(document, "test"), new Actor("test"), default);
        return runtime;
    }

    private static async Task<StoredRun> LastAsync(MonitoringRuntime runtime) => (await runtime.Runs.ListAsync("hosts", 1, default))[0];

    private Task RunAsync(MonitoringRuntime runtime)
    {
        var analyzer = new OutlierAnalyzer(
            runtime.Engine, null, _source, TimeProvider.System, new("long", 2), NullLogger<OutlierAnalyzer>.Instance);
        return runtime.RunDueAsync(analyzer, _source, NullLoggerFactory.Instance, default);
    }
}
