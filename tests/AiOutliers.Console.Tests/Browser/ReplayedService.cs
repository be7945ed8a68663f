using AiOutliers.Tests.Shared;

namespace AiOutliers.Console.Tests.Browser;

/// <summary>A service into which the sample data comes as if it were now, until its monitor has found the flood.</summary>
public sealed class ReplayedService : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new();

    internal ServiceProcess Service { get; private set; } = null!;

    /// <summary>The page of the flood's incident.</summary>
    internal string Incident { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Service = await ServiceProcess.StartAsync(
            SampleService.Command, SampleService.Settings(), ["--replay", Path.Combine(Golden.Root, "samples"), "--speed", "240"], _folder.Path);
        using var limit = new CancellationTokenSource(Patience);
        while (Incident.Length == 0)
        {
            var page = await Service.Client.GetStringAsync("/incidents?state=all", limit.Token);
            Incident = System.Text.RegularExpressions.Regex.Match(page, "/incidents/[0-9a-f]{32}").Value;
            await Task.Delay(500, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>One for all tests over it, which run one after the other.</summary>
    [CollectionDefinition]
    public sealed class Tests : ICollectionFixture<ReplayedService>;
}
