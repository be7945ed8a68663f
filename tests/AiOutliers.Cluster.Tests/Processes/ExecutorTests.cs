using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using AiOutliers.Cluster.Tests.Jobs;
using AiOutliers.Cluster.Tests.Servers;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;
using Amazon.S3.Model;

namespace AiOutliers.Cluster.Tests.Processes;

/// <summary>The real service with its models in a real store.</summary>
[Trait("tier", "integration")]
public sealed class ExecutorTests(StoreFixture stores) : IDisposable
{
    private readonly TemporaryFolder _local = new();
    private readonly TemporaryFolder _work = new();

    public void Dispose()
    {
        _local.Dispose();
        _work.Dispose();
    }

    [Fact]
    public async Task Serve_ModelsOfTheStore_AreSwappedAndBadOnesStayOut()
    {
        var s3 = await stores.NewBucketAsync();
        using var objects = new S3ObjectStore(s3);
        var store = new ModelStore(objects, TimeProvider.System);
        await using var service = await StartWithAModelAsync(s3, store);
        var before = await Requests.PredictionsAsync(service, "traffic");

        await PushAsync(store, other: true);
        await JobWaiting.UntilAsync(async () => await Requests.PredictionsAsync(service, "traffic") != before, () => service.Log);
        var after = await Requests.PredictionsAsync(service, "traffic");

        // No model at all, where the good one was and beside it.
        using var client = (await stores.ServerAsync()).Client();
        foreach (var name in new[] { "traffic", "junk" })
            await client.PutObjectAsync(new PutObjectRequest { BucketName = s3.Bucket, Key = $"{ModelStore.LatestPrefix}{name}.keras", InputStream = new MemoryStream(Encoding.ASCII.GetBytes("no model")) });
        await UntilAsync(service, ready => ready.GetProperty("store").GetProperty("rejectedModels").TryGetProperty("junk", out _));
        (await Requests.PredictionsAsync(service, "traffic")).ShouldBe(after);

        (await store.RollbackAsync("traffic", (await store.VersionsAsync("traffic"))[^1].Id)).ShouldNotBeNull();
        await JobWaiting.UntilAsync(async () => await Requests.PredictionsAsync(service, "traffic") == before, () => service.Log);
        (await service.Client.GetStringAsync("/metrics")).ShouldContain("aioutliers_models_rejected");
        service.Log.ShouldNotContain(MinioServer.Secret);
    }

    [Fact]
    public async Task Serve_StoreGoesAway_AnswersFromTheModelsThatItHas()
    {
        var s3 = await stores.NewBucketAsync();
        using var objects = new S3ObjectStore(s3);
        await PushAsync(new ModelStore(objects, TimeProvider.System), other: false);
        await using var proxy = new UnreliableProxy(s3.Endpoint.Port);
        await using (var first = await StartAsync(s3 with { Endpoint = proxy.Endpoint }))
        {
            await Requests.UntilModelsAsync(first);
            await UntilMetricAsync(first, "s3", 1);
            proxy.Close();
            proxy.CutAfter = 0;
            await UntilAsync(first, ready => ready.GetProperty("store").GetProperty("failure").ValueKind == System.Text.Json.JsonValueKind.String);
            await Requests.PredictionsAsync(first, "traffic");
            await UntilMetricAsync(first, "s3", 0);
        }

        // Also after a restart.
        await using var second = await StartAsync(s3 with { Endpoint = proxy.Endpoint });
        await Requests.PredictionsAsync(second, "traffic");
    }

    [Fact]
    public async Task Serve_SwapsUnderLoad_NoRequestFailsAndNoAnswerIsMixed()
    {
        var s3 = await stores.NewBucketAsync();
        using var objects = new S3ObjectStore(s3);
        var store = new ModelStore(objects, TimeProvider.System);
        await using var service = await StartWithAModelAsync(s3, store);
        var one = await Requests.PredictionsAsync(service, "traffic");
        var answers = new ConcurrentDictionary<string, int>();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                answers.AddOrUpdate(await Requests.PredictionsAsync(service, "traffic"), 1, (_, count) => count + 1);
        })).ToList();

        var started = Stopwatch.GetTimestamp();
        for (var swap = 1; swap <= 4; swap++)
        {
            await PushAsync(store, other: swap % 2 == 1);
            await JobWaiting.UntilAsync(() => Task.FromResult(Occurrences(service.Log, "Model traffic is replaced") >= swap), () => service.Log);
        }
        await stop.CancelAsync();
        await Task.WhenAll(load);

        // Two models, two answers: a mixture would be a third.
        answers.Count.ShouldBe(2);
        answers.Keys.ShouldContain(one);
        TestContext.Current.TestOutputHelper?.WriteLine($"{answers.Values.Sum()} requests in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task Serve_FolderOnly_ReplacedModelIsSwappedAndABrokenOneIsNot()
    {
        ModelFolderContent.WriteModel(_local.Path, "traffic");
        await using var service = await StartAsync(null);
        var before = await Requests.PredictionsAsync(service, "traffic");

        ModelFolderContent.WriteBroken(_work.Path, "traffic");
        File.Move(Path.Combine(_work.Path, "traffic.keras"), Path.Combine(_local.Path, "traffic.keras"), overwrite: true);
        await UntilAsync(service, ready => ready.GetProperty("unusableModels").TryGetProperty("traffic", out _));
        (await Requests.PredictionsAsync(service, "traffic")).ShouldBe(before);

        File.Copy(Golden.Path("keras/k2_traffic_float32.keras"), Path.Combine(_work.Path, "traffic.keras"), overwrite: true);
        File.Move(Path.Combine(_work.Path, "traffic.keras"), Path.Combine(_local.Path, "traffic.keras"), overwrite: true);
        await JobWaiting.UntilAsync(async () => await Requests.PredictionsAsync(service, "traffic") != before, () => service.Log);
        await UntilAsync(service, ready => !ready.GetProperty("unusableModels").TryGetProperty("traffic", out _));
    }

    [Fact]
    public async Task Serve_WithConsul_IsHealthyThereAndLeavesOnStop()
    {
        await using var consul = new ConsulAgent();
        await consul.StartAsync();
        using var http = new HttpClient { BaseAddress = consul.Endpoint };
        await using var service = await ServiceProcess.StartAsync(ServiceCommand.Words, new Dictionary<string, string>
        {
            ["Consul__consul_endpoint"] = consul.Endpoint.AbsoluteUri,
            ["Consul__service_address"] = "127.0.0.1",
            ["Models__path"] = _local.Path,
        });
        await JobWaiting.UntilAsync(
            async () => (await http.GetStringAsync("v1/health/service/rb-aioutliers?passing")).Contains($"\"Port\": {service.Address.Port}", StringComparison.Ordinal)
                || (await http.GetStringAsync("v1/health/service/rb-aioutliers?passing")).Contains($"\"Port\":{service.Address.Port}", StringComparison.Ordinal),
            () => service.Log);
        await UntilMetricAsync(service, "consul", 1);

        (await service.StopAsync()).ShouldBe(0);

        (await http.GetStringAsync("v1/catalog/service/rb-aioutliers")).Trim().ShouldBe("[]");
    }

    [Fact]
    public async Task Serve_ConsulGoesAway_AnswersAndTheGaugeShowsIt()
    {
        await using var consul = new ConsulAgent();
        await consul.StartAsync();
        await using var service = await ServiceProcess.StartAsync(ServiceCommand.Words, new Dictionary<string, string>
        {
            ["Consul__consul_endpoint"] = consul.Endpoint.AbsoluteUri,
            ["Models__path"] = _local.Path,
        });
        await UntilMetricAsync(service, "consul", 1);

        await consul.KillAsync();

        await UntilMetricAsync(service, "consul", 0);
        (await service.Client.GetStringAsync("/health/ready")).ShouldContain("ready");
        (await service.StopAsync()).ShouldBe(0);
    }

    private Task<ServiceProcess> StartAsync(S3Settings? s3)
    {
        var settings = s3 is null ? new() { ["Models__path"] = _local.Path } : NodeSettings.Of(s3, _local.Path);
        settings["Models__poll_seconds"] = "1";
        return ServiceProcess.StartAsync(ServiceCommand.Words, settings);
    }

    private async Task<ServiceProcess> StartWithAModelAsync(S3Settings s3, ModelStore store)
    {
        await PushAsync(store, other: false);
        var service = await StartAsync(s3);
        await Requests.UntilModelsAsync(service);
        return service;
    }

    /// <summary>Two models that predict differently under the same profile.</summary>
    private async Task PushAsync(ModelStore store, bool other)
    {
        ModelFolderContent.WriteModel(_work.Path, "traffic", other ? "two" : "one");
        if (other)
            File.Copy(Golden.Path("keras/k2_traffic_float32.keras"), Path.Combine(_work.Path, "traffic.keras"), overwrite: true);
        await store.UploadAsync("traffic", _work.Path);
    }

    private static Task UntilAsync(ServiceProcess service, Func<System.Text.Json.JsonElement, bool> condition) =>
        JobWaiting.UntilAsync(async () => condition(await Requests.ReadyAsync(service)), () => service.Log);

    private static Task UntilMetricAsync(ServiceProcess service, string dependency, int up) => JobWaiting.UntilAsync(
        async () => System.Text.RegularExpressions.Regex.IsMatch(
            await service.Client.GetStringAsync("/metrics"), $"aioutliers_dependency_up\\{{[^}}]*dependency=\"{dependency}\"[^}}]*\\}} {up}\\b"),
        () => service.Log);

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
