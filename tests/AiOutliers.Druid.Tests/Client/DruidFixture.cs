using AiOutliers.Tests.Shared.Servers;

namespace AiOutliers.Druid.Tests.Client;

/// <summary>A real Druid with the recorded example's data, when there is one.</summary>
public sealed class DruidFixture : IAsyncLifetime
{
    private DruidServer? _server;

    /// <summary>Why there is no Druid; null when there is one.</summary>
    public string? Missing { get; private set; }

    public Uri Endpoint => _server?.Endpoint ?? new("http://localhost/");

    public async ValueTask InitializeAsync()
    {
        (var home, Missing) = await DruidServer.FindAsync();
        if (home is null)
            return;
        _server = await DruidServer.StartAsync(home);
        await _server.IngestExampleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
