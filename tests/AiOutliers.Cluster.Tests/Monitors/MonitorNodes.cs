using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using AiOutliers.Cluster.Tests.Processes;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Http;

namespace AiOutliers.Cluster.Tests.Monitors;

/// <summary>
/// Services that run the same monitors over one PostgreSQL, a folder of rows whose times lie partly ahead, and a receiver of their alerts.
/// </summary>
internal sealed class MonitorNodes : IAsyncDisposable
{
    private const int HistoryBuckets = 400;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _models = new();
    private readonly List<ServerProcess> _ended = [];
    private readonly Dictionary<string, string> _settings;

    private MonitorNodes(PostgresServer postgres, RedisServer redis, ChaosPlan plan)
    {
        Plan = plan;
        _settings = new()
        {
            ["OutliersServerProduction__outliers_binding_address"] = "127.0.0.1",
            ["OutliersServerProduction__outliers_server_port"] = "0",
            ["Druid__druid_endpoint"] = $"duckdb:{Data}",
            // With the state of entities: that of an earlier test would be one of other rows.
            ["Models__path"] = _models.Path,
            ["Storage__database"] = postgres.ConnectionString("postgres"),
            ["Redis__rd_hostname"] = "127.0.0.1",
            ["Redis__rd_port"] = $"{redis.Port}",
        };
    }

    public ChaosPlan Plan { get; }

    public string Data => _folder.Path;

    public List<ServerProcess> Running { get; } = [];

    public FakeBroker Receiver { get; private set; } = null!;

    /// <summary>Between the services and the receiver.</summary>
    public UnreliableProxy Way { get; private set; } = null!;

    /// <summary>Idempotency key and body of every message that was taken, in order.</summary>
    public ConcurrentQueue<(string Key, JsonElement Body)> Told { get; } = new();

    /// <summary>What the receiver answers.</summary>
    public int Status { get; set; } = 200;

    public string Logs => string.Join("\n-----\n", _ended.Concat(Running).Select(static node => node.Log));

    public string Documents
    {
        get
        {
            var monitors = Enumerable.Range(0, Plan.Monitors).Select(i => $$"""
                apiVersion: aioutliers/v1
                kind: Monitor
                metadata: { name: m{{i}} }
                spec:
                  series:
                    { dataSource: rows, metrics: [{ type: longSum, name: bytes, fieldName: n }], granularity: PT{{Plan.Bucket}}S, by: [host] }
                  schedule: every {{Plan.Bucket}}s
                  history: PT{{HistoryBuckets * Plan.Bucket}}S
                  alerts: [hook]
                """);
            return string.Join("\n---\n", monitors.Append($$"""
                apiVersion: aioutliers/v1
                kind: Contact
                metadata: { name: hook }
                spec: { webhook: { url: "{{Way.Endpoint}}hook" } }
                """));
        }
    }

    /// <param name="postgres">Their database.</param>
    /// <param name="redis">Their queue.</param>
    /// <param name="plan">How many of what.</param>
    /// <param name="begin">When the monitors begin.</param>
    public static async Task<MonitorNodes> StartAsync(PostgresServer postgres, RedisServer redis, ChaosPlan plan, DateTimeOffset begin)
    {
        var nodes = new MonitorNodes(postgres, redis, plan);
        nodes.Receiver = await FakeBroker.StartAsync(async (context, _) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = JsonElement.Parse(await reader.ReadToEndAsync());
            if (nodes.Status == 200)
                nodes.Told.Enqueue((context.Request.Headers["Idempotency-Key"].ToString(), body));
            context.Response.StatusCode = nodes.Status;
        });
        nodes.Way = new(nodes.Receiver.Endpoint.Port);
        nodes.WriteRows(begin);
        var documents = Path.Combine(nodes._folder.Path, "monitors.yaml");
        await File.WriteAllTextAsync(documents, nodes.Documents);
        var (code, output) = await ServiceCommand.RunAsync(nodes._settings, "monitors", "apply", documents);
        code.ShouldBe(0, output);
        await Task.WhenAll(Enumerable.Range(0, plan.Nodes).Select(_ => nodes.AddAsync()));
        return nodes;
    }

    public async Task AddAsync()
    {
        var node = ServiceCommand.Start(_settings, "serve");
        lock (Running)
            Running.Add(node);
        await node.UntilAsync(() => Task.FromResult(node.Log.Contains("Ready on", StringComparison.Ordinal)));
    }

    /// <summary>SIGKILL, and another one after a while.</summary>
    public async Task ReplaceAsync(int which, TimeSpan pause)
    {
        var node = Running[which];
        Running.RemoveAt(which);
        _ended.Add(node);
        await node.KillAsync();
        await Task.Delay(pause);
        await AddAsync();
    }

    public async Task StopAsync()
    {
        await Task.WhenAll(Running.Select(static node => node.StopAsync()));
        _ended.AddRange(Running);
        Running.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _ended.Concat(Running))
            await node.DisposeAsync();
        if (Way is not null)
            await Way.DisposeAsync();
        if (Receiver is not null)
            await Receiver.DisposeAsync();
        _folder.Dispose();
        _models.Dispose();
    }

    /// <summary>Noise, and a flood of four buckets on one host after another, each eight buckets after the one before.</summary>
    private void WriteRows(DateTimeOffset begin)
    {
        using var file = File.CreateText(Path.Combine(_folder.Path, "rows.csv"));
        file.WriteLine("__time,host,n");
        var random = new Random(1);
        var bucket = Plan.Bucket * 1000L;
        var first = begin.ToUnixTimeMilliseconds() / bucket - HistoryBuckets - 50;
        for (var at = 0; at < HistoryBuckets + 50 + Plan.Seconds / Plan.Bucket + 600; at++)
        {
            var flooded = at % 8 is >= 2 and < 6 && at >= HistoryBuckets + 50 ? at / 8 % Plan.Hosts : -1;
            for (var host = 0; host < Plan.Hosts; host++)
            {
                var value = random.Next(900, 1100) * (host == flooded ? 20 : 1);
                file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(first + at) * bucket},h{host},{value}"));
            }
        }
    }
}
