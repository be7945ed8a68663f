using System.Text.Json;
using AiOutliers.Cluster.Worker;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Cluster.Tests.Jobs;

/// <summary>Worker processes that share a queue, a bucket and a journal of what they did.</summary>
internal sealed class WorkerProcesses(RedisServer redis, S3Settings s3) : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServerProcess> _workers = [];

    public double LeaseSeconds { get; init; } = 3;

    public double GraceSeconds { get; init; } = 10;

    public double TrainingSeconds { get; init; } = 0.5;

    public string[] Failing { get; init; } = [];

    /// <summary>Models whose training ends the process.</summary>
    public string[] Deadly { get; init; } = [];

    /// <summary>Where the data comes from that is trained on; null copies a model after <see cref="TrainingSeconds"/>.</summary>
    public Uri? Druid { get; init; }

    public IReadOnlyList<ServerProcess> Workers => _workers;

    /// <summary>Put over the worker's own, as <c>Section__key</c>.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public ServerProcess Start()
    {
        var options = new WorkerOptions(
            redis.Port, s3.Endpoint.AbsoluteUri, s3.PublicKey, s3.PrivateKey, s3.Bucket, LeaseSeconds, GraceSeconds, TrainingSeconds,
            Golden.Path("keras/k2_traffic_trained"), _folder.Path, Failing, Deadly,
            Druid?.AbsoluteUri);
        var worker = ServerProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "AiOutliers.Cluster.Worker.dll"), JsonSerializer.Serialize(options)], Environment);
        _workers.Add(worker);
        return worker;
    }

    public IReadOnlyList<JournalAttempt> Attempts() => JournalAttempt.ReadAll(_folder.Path);

    public string Logs() => string.Join("\n-----\n", _workers.Select(worker => worker.Log));

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
        _folder.Dispose();
    }
}
