using AiOutliers.Models.Store;
using Amazon.Runtime;
using Amazon.S3;

namespace AiOutliers.Tests.Shared.Servers;

/// <summary>A MinIO of its own: a real S3 server.</summary>
internal sealed class MinioServer : IAsyncDisposable
{
    public const string Key = "test-user", Secret = "test-secret-of-the-store";

    private readonly TemporaryFolder _data = new();
    private readonly int _port = Loopback.FreePort();
    private ServerProcess? _process;
    private int _buckets;

    public Uri Endpoint => new($"http://127.0.0.1:{_port}");

    public async Task StartAsync()
    {
        var program = ServerBinary.Find("minio", _data);
        _process = await ServerProcess.Start(
            program,
            ["server", "--quiet", "--certs-dir", Path.Combine(_data.Path, "certs"), "--address", $"127.0.0.1:{_port}", Path.Combine(_data.Path, "data")],
            new Dictionary<string, string> { ["MINIO_ROOT_USER"] = Key, ["MINIO_ROOT_PASSWORD"] = Secret, ["MINIO_BROWSER"] = "off", ["MINIO_UPDATE"] = "off" })
            .AnsweringAsync($"{Endpoint}minio/health/ready");
    }

    public Task KillAsync() => _process!.KillAsync();

    /// <summary>A new bucket and how to get at it.</summary>
    public async Task<S3Settings> NewBucketAsync()
    {
        var bucket = $"bucket-{Interlocked.Increment(ref _buckets)}";
        using var client = Client();
        await client.PutBucketAsync(bucket);
        return new(Endpoint, Key, Secret, "us-east-1", bucket) { Retries = 1 };
    }

    public AmazonS3Client Client() =>
        new(new BasicAWSCredentials(Key, Secret), new AmazonS3Config { ServiceURL = Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _data.Dispose();
    }
}
