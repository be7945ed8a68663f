using System.Runtime.CompilerServices;
using AiOutliers.Druid;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Alerts;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Entities;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Monitoring.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Monitoring;

/// <summary>The parts of this room over one database, put together for the service and the commands.</summary>
public sealed class MonitoringRuntime : IAsyncDisposable
{
    /// <summary>Who ends the service waits for half a minute. What is not stored then is asked of the data source again.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(15);

    private readonly AlertSenders _senders;
    private readonly Outbox _outbox;
    private readonly DatabaseWatch _watch;
    private readonly Lock _opening = new();
    private EntityStates? _states;

    /// <param name="settings">What is configured.</param>
    /// <param name="engine">How series are judged.</param>
    /// <param name="clock">The time that windows are due by.</param>
    public MonitoringRuntime(MonitoringSettings settings, EngineSettings engine, TimeProvider clock)
    {
        (Settings, Engine, Clock) = (settings, engine, clock);
        Database = new(settings.Database, clock);
        Catalog = new(Database, engine, clock) { PublicUrl = settings.PublicUrl };
        Incidents = new(Database, clock);
        Runs = new(Database);
        Maintenance = new(Database, clock);
        Audit = new(Database, clock);
        _watch = new(Database, Maintenance, settings.Keep, clock);
        (_outbox, _senders) = (new(Database, clock), new(clock));
    }

    public MonitoringSettings Settings { get; }

    public EngineSettings Engine { get; }

    public TimeProvider Clock { get; }

    public Database Database { get; }

    public Catalog Catalog { get; }

    public IncidentStore Incidents { get; }

    public RunStore Runs { get; }

    public Maintenance Maintenance { get; }

    public AuditTrail Audit { get; }

    /// <summary>Draws incidents for messages that can show a picture.</summary>
    public IIncidentPictures? Pictures
    {
        get => _senders.Pictures;
        set => _senders.Pictures = value;
    }

    /// <summary>As it was when somebody last looked.</summary>
    public MonitoringCounts Counts => _watch.Counts;

    /// <summary>Whether the database answered the last time; null when nobody has looked, or it holds nothing yet.</summary>
    public bool? IsDatabaseUp => _watch.IsUp;

    /// <summary>The state of entities on this node.</summary>
    public EntityCounts Entities => _states?.Counts ?? EntityCounts.None;

    /// <summary>The alerts, newest first.</summary>
    public Task<IReadOnlyList<OutboxRow>> AlertsAsync(string? state, int limit, CancellationToken cancellation) =>
        _outbox.ListAsync(state, limit, cancellation);

    /// <summary>The alerts of one incident, newest first.</summary>
    public Task<IReadOnlyList<OutboxRow>> AlertsOfAsync(string incident, int limit, CancellationToken cancellation) =>
        _outbox.ListOfAsync(incident, limit, cancellation);

    /// <summary>By contact: how many alerts wait, and how many are parked.</summary>
    public Task<IReadOnlyDictionary<string, (long Waiting, long Parked)>> AlertCountsAsync(CancellationToken cancellation) =>
        _outbox.CountsAsync(cancellation);

    /// <summary>What is parked for a contact is tried again, for another day.</summary>
    /// <returns>How many alerts.</returns>
    public Task<int> RetryAlertsAsync(string contact, Actor actor, CancellationToken cancellation) =>
        _outbox.RetryAsync(contact, actor, cancellation);

    /// <summary>What is parked for a contact is given up.</summary>
    /// <returns>How many alerts.</returns>
    public Task<int> DropAlertsAsync(string contact, Actor actor, CancellationToken cancellation) =>
        _outbox.DropAsync(contact, actor, cancellation);

    /// <summary>Runs the windows that are due, until cancelled.</summary>
    public Task RunMonitorsAsync(
        OutlierAnalyzer analyzer, IDruidSource source, ILoggerFactory loggers, Action<StoredRun> ran, CancellationToken cancellation)
    {
        var scheduler = Scheduler(analyzer, source, loggers);
        scheduler.Ran += ran;
        return scheduler.RunAsync(cancellation);
    }

    /// <summary>What a monitor would have found in the last days, and what it costs.</summary>
    /// <param name="monitor">The monitor.</param>
    /// <param name="days">How many days.</param>
    /// <param name="until">Their end; null: now.</param>
    /// <param name="analyzer">Judges.</param>
    /// <param name="source">Has the data.</param>
    /// <param name="progress">Gets the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="Detection.AiOutliersException">The data source refused or failed.</exception>
    public Task<MonitorPreview> PreviewAsync(
        MonitorDocument monitor, int days, DateTimeOffset? until, OutlierAnalyzer analyzer, IDruidSource source,
        IProgress<double>? progress, CancellationToken cancellation) =>
        new Previewer(new(Engine, analyzer, source, new(null, TimeProvider.System), Incidents, TimeProvider.System), new(Engine, source))
            .RunAsync(monitor, days, until ?? Clock.GetUtcNow(), progress, cancellation);

    /// <summary>What a monitor takes, before it is applied.</summary>
    /// <exception cref="Detection.AiOutliersException">The data source failed.</exception>
    public Task<MonitorCost> CostAsync(MonitorDocument monitor, IDruidSource source, CancellationToken cancellation) =>
        new CostEstimate(Engine, source).OfAsync(monitor, Clock.GetUtcNow(), cancellation);

    /// <summary>What a monitor names and the data source does not have, in words.</summary>
    /// <exception cref="Detection.AiOutliersException">The data source failed.</exception>
    public Task<IReadOnlyList<string>> DoubtsAsync(MonitorDocument monitor, IDruidSource source, CancellationToken cancellation) =>
        new CostEstimate(Engine, source).DoubtsAsync(monitor, cancellation);

    /// <summary>Keeps the numbers up to date and deletes what is too old, until cancelled.</summary>
    public Task RunRetentionAsync(ILoggerFactory loggers, CancellationToken cancellation) =>
        _watch.RunAsync(loggers.CreateLogger<Maintenance>(), cancellation);

    /// <summary>Runs the windows that are due now.</summary>
    public Task RunDueAsync(OutlierAnalyzer analyzer, IDruidSource source, ILoggerFactory loggers, CancellationToken cancellation) =>
        Scheduler(analyzer, source, loggers).RunDueAsync(cancellation);

    /// <summary>Sends what is in the outbox, until cancelled.</summary>
    public Task RunAlertsAsync(ILoggerFactory loggers, CancellationToken cancellation) => Deliverer(loggers).RunAsync(cancellation);

    /// <summary>Sends what waits in the outbox now.</summary>
    public Task SendAlertsAsync(ILoggerFactory loggers, CancellationToken cancellation) => Deliverer(loggers).RunDueAsync(cancellation);

    /// <summary>Sends a sample to a contact.</summary>
    /// <exception cref="Detection.AiOutliersException">The contact does not exist, or does not take the message.</exception>
    public async Task TestContactAsync(string name, Actor actor, CancellationToken cancellation)
    {
        await new ContactTest(Catalog.Alerts, _senders, Clock).RunAsync(name, cancellation);
        await Audit.WriteAsync(actor, "test", $"{ContactDocument.Kind}/{name}", cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_states is not null)
        {
            await SaveAsync(_states);
            _states.Dispose();
        }
        _senders.Dispose();
        await Database.DisposeAsync();
    }

    /// <summary>Where another node goes on with a monitor, its state is newer than ours.</summary>
    private async Task SaveAsync(EntityStates states)
    {
        try
        {
            var (leases, started) = (new Leases(Database, Clock), TimeProvider.System.GetTimestamp());
            foreach (var name in states.Whole.TakeWhile(_ => TimeProvider.System.GetElapsedTime(started) < LongestEnd))
            {
                await using var lease = await HeldLease.TakeAsync(leases, MonitorScheduler.LeaseOf(name), Clock, CancellationToken.None);
                if (lease is not null && await Catalog.Monitors.FindAsync(name, CancellationToken.None) is { NextFrom: { } next })
                    await states.SaveLastAsync(name, next);
            }
        }
        catch (Detection.AiOutliersException)
        {
            // The database is away: nobody knows who goes on. What was stored some minutes ago stays.
        }
    }

    private AlertDeliverer Deliverer(ILoggerFactory loggers) =>
        new(_outbox, Catalog.Alerts, _senders, Clock, loggers.CreateLogger<AlertDeliverer>());

    private EntityStates StatesOf(ILoggerFactory loggers)
    {
        lock (_opening)
        {
            return _states ??= new(
                Settings.Entities is { } store ? new(store, loggers.CreateLogger<EntityStore>()) : null, TimeProvider.System);
        }
    }

    /// <summary>Judges past windows that no run has judged; no messages are sent.</summary>
    /// <exception cref="Detection.AiOutliersException">The monitor does not exist.</exception>
    public async IAsyncEnumerable<StoredRun> BackfillAsync(
        string name, DateTimeOffset from, DateTimeOffset to, OutlierAnalyzer analyzer, IDruidSource source,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var stored = await Catalog.Monitors.FindAsync(name, cancellation) ?? throw new Detection.AiOutliersException(
            Detection.ErrorKind.BadInput, $"monitor '{name}' not found; `rb-aioutliers monitors list` shows them");
        var monitor = Catalog.Read(stored.Document, name).Monitors[0];
        await foreach (var run in new MonitorParts(this, StatesOf(NullLoggerFactory.Instance), analyzer, source).Backfill
            .RunAsync(stored, monitor, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), cancellation))
            yield return run;
    }

    internal MonitorScheduler Scheduler(OutlierAnalyzer analyzer, IDruidSource source, ILoggerFactory loggers)
    {
        var states = StatesOf(loggers);
        var parts = new MonitorParts(this, states, analyzer, source);
        return new(
            Database, Catalog, new(Catalog, parts.Runner, parts.Late, parts.Backfill, parts.Ahead, Clock), states, Clock,
            loggers.CreateLogger<MonitorScheduler>());
    }
}
