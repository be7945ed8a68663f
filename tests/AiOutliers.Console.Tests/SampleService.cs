using AiOutliers.Tests.Shared;

[assembly: AssemblyFixture(typeof(AiOutliers.Console.Tests.SampleService))]

namespace AiOutliers.Console.Tests;

/// <summary>The real service on the sample data, for all tests that only look.</summary>
public sealed class SampleService : IAsyncLifetime
{
    internal static readonly string[] Command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "rb-aioutliers.dll")];

    internal ServiceProcess Service { get; private set; } = null!;

    internal Uri Address => Service.Address;

    public async ValueTask InitializeAsync() => Service = await ServiceProcess.StartAsync(Command, Settings());

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    /// <param name="source">The data source's folder.</param>
    internal static Dictionary<string, string> Settings(string? source = null) => new()
    {
        ["Druid__druid_endpoint"] = "duckdb:" + (source ?? Path.Combine(Golden.Root, "samples")),
        ["Traffic__explain_data_source"] = "rb_flow_detail",
        ["Traffic__explain_dimensions"] = "src_ip,dst_ip,protocol,dst_port",
        ["Models__path"] = Path.Combine(Golden.Root, "models"),
    };
}
