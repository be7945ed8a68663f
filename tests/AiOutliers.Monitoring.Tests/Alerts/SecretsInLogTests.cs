using System.Collections.Concurrent;
using AiOutliers.Detection;
using AiOutliers.Druid.Embedded;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Monitoring.Tests.Alerts;

/// <summary>A whole walk in which all deliveries fail: what is logged, and what is said, holds no secret.</summary>
public sealed class SecretsInLogTests(Databases databases) : IClassFixture<Databases>
{
    private const string Monitor = """
        apiVersion: aioutliers/v1
        kind: Monitor
        metadata: { name: sensors }
        spec:
          series: { dataSource: rb_flow, metrics: [bytes], granularity: PT5M, by: [sensor_name] }
          schedule: every 5m
          alerts: [hook, slack, mail, pager]
        """;

    private readonly ManualClock _clock = ManualClock.At("2024-09-24T14:00:30Z");
    private readonly KeptLog _log = new();

    [Fact]
    public async Task Log_OfFailingDeliveries_HoldsNoSecret()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Status = 500;
        await using var runtime = await StartAsync(receiver);
        using var source = new EmbeddedEngine(Path.Combine(Golden.Root, "samples"));
        await RunAsync(runtime, source);
        _clock.Now += TimeSpan.FromMinutes(30);
        await RunAsync(runtime, source);
        using var stop = new CancellationTokenSource();
        var sending = runtime.RunAlertsAsync(_log, stop.Token);
        for (var i = 0; i < 600 && Told().Count < 4; i++)
            await Task.Delay(50);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => sending);
        Told().Count.ShouldBe(4);
        var words = new List<string>(_log.Lines);
        foreach (var contact in new[] { "hook", "slack", "mail", "pager" })
            words.Add((await Should.ThrowAsync<AiOutliersException>(
                () => runtime.TestContactAsync(contact, new Actor("test"), default))).Message);

        string.Join('\n', words).ShouldNotContain("s3cret");
        (await runtime.Catalog.ExportAsync(default)).ShouldNotContain("s3cret");
        (await runtime.AlertsAsync(null, 10, default)).ShouldAllBe(static row => !(row.LastError ?? "").Contains("s3cret"));
    }

    [Fact]
    public async Task Log_OfADatabaseThatCannotBeReached_HoldsNoPassword()
    {
        var address = DatabaseAddress.Parse("Host=127.0.0.1;Port=1;Username=monitor;Password=s3cret;Database=d;Timeout=1");
        await using var runtime = new MonitoringRuntime(new() { Database = address }, new EngineSettings(), _clock);
        using var source = new EmbeddedEngine(Path.Combine(Golden.Root, "samples"));
        using var stop = new CancellationTokenSource();
        var running = runtime.RunMonitorsAsync(AnalyzerOf(runtime, source), source, _log, static _ => { }, stop.Token);
        for (var i = 0; i < 600 && _log.Lines.IsEmpty; i++)
            await Task.Delay(50);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);

        string.Join('\n', _log.Lines).ShouldSatisfyAllConditions(
            static text => text.ShouldContain("Monitors cannot run"), static text => text.ShouldNotContain("s3cret"));
    }

    private List<string> Told() =>
        [.. new[] { "hook", "slack", "mail", "pager" }.Where(name => _log.Lines.Any(line => line.Contains($"{name} could not be told")))];

    private async Task<MonitoringRuntime> StartAsync(Receiver receiver)
    {
        var runtime = new MonitoringRuntime(
            new() { Database = await databases.CreateAsync(Databases.Sqlite) }, new EngineSettings(), _clock);
        var contacts = new (string Name, string Spec)[]
        {
            ("hook", $"webhook: {{ url: '{receiver.Address}/hook?token=s3cret1', secret: s3cret2 }}"),
            ("slack", $"slack: {{ url: '{receiver.Address}/s3cret3' }}"),
            ("mail", "email: { server: 127.0.0.1, port: 1, from: a@example.org, to: [b@example.org], user: u, password: s3cret4 }"),
            ("pager", $"pagerduty: {{ routingKey: s3cret5, url: '{receiver.Address}/v2' }}"),
        };
        var documents = string.Join("\n---\n", contacts.Select(static one =>
            $"apiVersion: aioutliers/v1\nkind: Contact\nmetadata: {{ name: {one.Name} }}\nspec: {{ {one.Spec} }}").Append(Monitor));
        await runtime.Catalog.ApplyAsync(runtime.Catalog.Read(documents, "test"), new Actor("test"), default);
        return runtime;
    }

    private Task RunAsync(MonitoringRuntime runtime, EmbeddedEngine source) =>
        runtime.RunDueAsync(AnalyzerOf(runtime, source), source, _log, default);

    private static OutlierAnalyzer AnalyzerOf(MonitoringRuntime runtime, EmbeddedEngine source) =>
        new(runtime.Engine, null, source, TimeProvider.System, new("long", 2), NullLogger<OutlierAnalyzer>.Instance);

    /// <summary>Keeps every line, with the exceptions that are logged with it.</summary>
    private sealed class KeptLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
