using System.Collections.Concurrent;
using AiOutliers.Detection;
using AiOutliers.Engine;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Storage;
using AiOutliers.Monitoring.Tests.Runs;
using AiOutliers.Monitoring.Tests.Storage;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Monitoring.Tests.Alerts;

/// <summary>A whole walk in which all deliveries fail: what is logged, and what is said, holds no secret.</summary>
public sealed class SecretsInLogTests(Databases databases) : IClassFixture<Databases>
{
    private readonly ManualClock _clock = SampleMonitor.Clock();
    private readonly KeptLog _log = new();

    [Fact]
    public async Task Log_OfFailingDeliveries_HoldsNoSecret()
    {
        await using var receiver = await Receiver.StartAsync();
        (receiver.Status, receiver.Repeats) = (500, true);
        await using var runtime = await StartAsync(receiver);
        await SampleMonitor.RunAsync(runtime, SampleMonitor.Data, _log);
        _clock.Now += TimeSpan.FromMinutes(30);
        await SampleMonitor.RunAsync(runtime, SampleMonitor.Data, _log);
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
        (await runtime.Audit.PageAsync(new(), default)).ShouldAllBe(static row => !$"{row}".Contains("s3cret"));
        (await runtime.AlertsAsync(null, 10, default)).ShouldAllBe(static row => !(row.LastError ?? "").Contains("s3cret"));
    }

    [Fact]
    public async Task Log_OfADatabaseThatCannotBeReached_HoldsNoPassword()
    {
        var address = DatabaseAddress.Parse("Host=127.0.0.1;Port=1;Username=monitor;Password=s3cret;Database=d;Timeout=1");
        await using var runtime = new MonitoringRuntime(new() { Database = address }, new EngineSettings(), _clock);
        using var stop = new CancellationTokenSource();
        var analyzer = SampleMonitor.AnalyzerOf(runtime, SampleMonitor.Data);
        var running = runtime.RunMonitorsAsync(analyzer, SampleMonitor.Data, _log, static _ => { }, stop.Token);
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
            ("hook", $"webhook: {{ url: '{receiver.Address.Replace("//", "//s3cret6:s3cret7@")}/hook?token=s3cret1', secret: s3cret2 }}"),
            ("slack", $"slack: {{ url: '{receiver.Address}/s3cret3' }}"),
            ("mail", "email: { server: 127.0.0.1, port: 1, from: a@example.org, to: [b@example.org], user: u, password: s3cret4 }"),
            ("pager", $"pagerduty: {{ routingKey: s3cret5, url: '{receiver.Address}/v2' }}"),
        };
        var documents = string.Join("\n---\n", contacts.Select(static one =>
            $"apiVersion: aioutliers/v1\nkind: Contact\nmetadata: {{ name: {one.Name} }}\nspec: {{ {one.Spec} }}").Append(SampleMonitor.Document + "\n  alerts: [hook, slack, mail, pager]"));
        await SampleMonitor.ApplyAsync(runtime, documents);
        return runtime;
    }

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
