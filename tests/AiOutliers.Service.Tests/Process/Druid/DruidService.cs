using System.Net;
using System.Text;
using System.Text.Json;
using AiOutliers.Tests.Shared;
using AiOutliers.Tests.Shared.Servers;

namespace AiOutliers.Service.Tests.Process.Druid;

/// <summary>
/// Two services on the same rows, where there is a Druid: one asks it, the other has the embedded engine. The flows are those of the
/// samples; the example's have values that are null, and rows with several values.
/// </summary>
[CollectionDefinition(Name)]
public sealed class DruidService : IAsyncLifetime, ICollectionFixture<DruidService>
{
    public const string Name = "a real Druid";

    private static readonly string Samples = Path.Combine(Golden.Root, "samples");

    private readonly TemporaryFolder _folder = new();
    private DruidServer? _druid;

    /// <summary>Why there is none; null where there is one.</summary>
    public string? Missing { get; private set; }

    internal ServiceProcess OnDruid { get; private set; } = null!;

    internal ServiceProcess Embedded { get; private set; } = null!;

    internal Uri Broker => _druid!.Endpoint;

    public async ValueTask InitializeAsync()
    {
        (var home, Missing) = await DruidServer.FindAsync();
        if (home is null)
            return;
        string At(string name) => Path.Combine(_folder.Path, name);
        _druid = await DruidServer.StartAsync(home);
        await _druid.IngestExampleAsync();
        await File.WriteAllTextAsync(At("metrics.json"), DruidRows.Metrics);
        await File.WriteAllTextAsync(At("traffic.dimensions"), DruidRows.TrafficDimensions);
        await File.WriteAllTextAsync(At("detail.dimensions"), DruidRows.DetailDimensions);
        DruidRows.WriteTraffic(Samples, At("rb_flow.json.gz"));
        DruidRows.WriteDetail(Samples, At("rb_flow_detail.json.gz"));
        await _druid.IngestAsync(At("rb_flow.json.gz"), "rb_flow", "ts", At("traffic.dimensions"), At("metrics.json"));
        await _druid.IngestAsync(At("rb_flow_detail.json.gz"), "rb_flow_detail", "ts", At("detail.dimensions"), At("metrics.json"));
        OnDruid = await StartAsync(_druid.Endpoint.AbsoluteUri);
        Embedded = await StartAsync("duckdb:" + EngineFolder());
    }

    public async ValueTask DisposeAsync()
    {
        if (OnDruid is not null)
            await OnDruid.DisposeAsync();
        if (Embedded is not null)
            await Embedded.DisposeAsync();
        if (_druid is not null)
            await _druid.DisposeAsync();
        _folder.Dispose();
    }

    internal static async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(ServiceProcess service, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await service.Client.PostAsync(path, content);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync()));
    }

    /// <summary>The same question, to both.</summary>
    internal async Task<(JsonElement OnDruid, JsonElement Embedded)> AskBothAsync(string path, string body)
    {
        var (real, own) = (await PostAsync(OnDruid, path, body), await PostAsync(Embedded, path, body));
        real.Status.ShouldBe(HttpStatusCode.OK, real.Json.ToString());
        own.Status.ShouldBe(HttpStatusCode.OK, own.Json.ToString());
        return (real.Json, own.Json);
    }

    private static Task<ServiceProcess> StartAsync(string endpoint) => ServiceProcess.StartAsync(
        ServiceFixture.Command, new Dictionary<string, string>
        {
            ["Druid__druid_endpoint"] = endpoint,
            ["Traffic__explain_data_source"] = "rb_flow_detail",
            ["Security__requests_per_minute"] = "0",
        });

    /// <summary>What the embedded engine reads: the same files in one folder.</summary>
    private string EngineFolder()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "engine")).FullName;
        foreach (var file in Directory.EnumerateFiles(Golden.Path("druid/data")).Concat(Directory.EnumerateFiles(Samples, "*.parquet")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }
}
