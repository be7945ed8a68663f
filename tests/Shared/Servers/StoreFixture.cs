using AiOutliers.Models.Store;

[assembly: AssemblyFixture(typeof(AiOutliers.Tests.Shared.Servers.StoreFixture))]

namespace AiOutliers.Tests.Shared.Servers;

/// <summary>One S3 server for all tests, started when the first asks for it; each test gets a bucket of its own.</summary>
public sealed class StoreFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private MinioServer? _server;

    internal async Task<MinioServer> ServerAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_server is null)
            {
                var server = new MinioServer();
                await server.StartAsync();
                _server = server;
            }
            return _server;
        }
        finally
        {
            _starting.Release();
        }
    }

    internal async Task<S3Settings> NewBucketAsync() => await (await ServerAsync()).NewBucketAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _starting.Dispose();
    }
}
