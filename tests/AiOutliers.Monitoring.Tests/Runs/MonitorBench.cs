using System.Globalization;
using AiOutliers.Druid.Embedded;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Monitoring.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Monitoring.Tests.Runs;

/// <summary>A monitor over three days of two hosts, each with a row a minute, which are there when the test says so.</summary>
internal sealed class MonitorBench : IAsyncDisposable
{
    public const string Document = """
        apiVersion: aioutliers/v1
        kind: Monitor
        metadata: { name: hosts }
        spec:
          series: { dataSource: rows, metrics: [{ type: longSum, name: bytes, fieldName: n }], granularity: PT5M, by: [host] }
          schedule: every 5m
          history: P2D
          catchUp: 2h
        """;

    public static readonly DateTimeOffset Begin = DateTimeOffset.Parse("2026-03-02T00:00:00Z", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();

    public ManualClock Clock { get; } = new(Begin.AddHours(60).AddSeconds(1));

    public FailingSource Source { get; private set; } = null!;

    public MonitoringRuntime Runtime { get; private set; } = null!;

    /// <param name="address">A new database.</param>
    /// <param name="has">Whether a row is there at first: its host and its minute since the begin.</param>
    /// <param name="document">Changes the monitor.</param>
    public static async Task<MonitorBench> StartAsync(
        DatabaseAddress address, Func<string, int, bool> has, Func<string, string>? document = null)
    {
        var bench = new MonitorBench();
        bench.Source = new(bench.Engine(has));
        bench.Runtime = new(new() { Database = address }, new EngineSettings(), bench.Clock);
        await bench.ApplyAsync((document ?? (static text => text))(Document));
        return bench;
    }

    /// <summary>Other rows are there from now on.</summary>
    public void Arrive(Func<string, int, bool> has) => Source.Source = Engine(has);

    public Task ApplyAsync(string document) =>
        Runtime.Catalog.ApplyAsync(Runtime.Catalog.Read(document, "test"), new Actor("test"), default);

    public Task RunAsync() => Runtime.RunDueAsync(Analyzer(), Source, NullLoggerFactory.Instance, default);

    /// <param name="later">The time that passes before.</param>
    public Task RunAsync(TimeSpan later)
    {
        Clock.Now += later;
        return RunAsync();
    }

    /// <summary>One that remembers what it did, as that of a service.</summary>
    public MonitorScheduler Scheduler() => Runtime.Scheduler(Analyzer(), Source, NullLoggerFactory.Instance);

    public Task RunAsync(MonitorScheduler scheduler, TimeSpan later)
    {
        Clock.Now += later;
        return scheduler.RunDueAsync(default);
    }

    public async Task<IReadOnlyList<StoredRun>> BackfillAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var runs = new List<StoredRun>();
        await foreach (var run in Runtime.BackfillAsync("hosts", from, to, Analyzer(), Source, default))
            runs.Add(run);
        return runs;
    }

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<StoredRun>> RunsAsync() => Runtime.Runs.ListAsync("hosts", 2000, default);

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        _folder.Dispose();
    }

    private EmbeddedEngine Engine(Func<string, int, bool> has)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, $"{Guid.NewGuid():N}")).FullName;
        using (var file = File.CreateText(Path.Combine(folder, "rows.csv")))
        {
            file.WriteLine("__time,host,n");
            var random = new Random(1);
            for (var minute = 0; minute < 72 * 60; minute++)
            {
                foreach (var host in new[] { "a", "b" })
                {
                    var value = random.Next(900, 1100);
                    if (has(host, minute))
                        file.WriteLine(FormattableString.Invariant($"{Begin.AddMinutes(minute).ToUnixTimeMilliseconds()},{host},{value}"));
                }
            }
        }
        return new(folder);
    }

    private OutlierAnalyzer Analyzer() =>
        new(Runtime.Engine, null, Source, TimeProvider.System, new("long", 2), NullLogger<OutlierAnalyzer>.Instance);
}
