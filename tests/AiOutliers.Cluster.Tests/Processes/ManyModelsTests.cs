using System.Diagnostics;
using AiOutliers.Cluster.Tests.Jobs;
using AiOutliers.Models;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Processes;

/// <summary>
/// A store with thousands of models: 200 by default; AIOUTLIERS_MANY_MODELS asks for more (bench/cluster.sh takes 5,000). The times are printed,
/// not asserted.
/// </summary>
[Trait("tier", "integration")]
public sealed class ManyModelsTests(StoreFixture stores) : IDisposable
{
    private readonly TemporaryFolder _local = new();

    public void Dispose() => _local.Dispose();

    [Fact]
    public async Task Serve_ThousandsOfModels_StartsAndPollsWithoutLoadingThem()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("AIOUTLIERS_MANY_MODELS"), out var asked) ? asked : 200;
        var s3 = await stores.NewBucketAsync();
        using var objects = new S3ObjectStore(s3);
        using (var remote = new TemporaryFolder())
        {
            for (var i = 0; i < count; i++)
                ModelFolderContent.WriteModel(remote.Path, $"sensor-{i:0000}", $"{i}", sensor: $"sensor {i}");
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, token) =>
                await objects.PutAsync(ModelStore.LatestPrefix, ModelFileNames.In(remote.Path, $"sensor-{i:0000}"), "v", token));
        }
        var store = new ModelStore(objects, TimeProvider.System);
        var sync = new ModelSync(store, _local.Path, (_, _) => { }, _ => { }, TimeProvider.System, NullLogger<ModelSync>.Instance);
        await MeasuredAsync($"first poll, {count} models, not loaded", async () => (await sync.PollAsync(default)).Swapped.Count.ShouldBe(count));
        for (var i = 0; i < 10; i++)
            await MeasuredAsync("poll with nothing new", async () => (await sync.PollAsync(default)).Swapped.ShouldBeEmpty());

        ServiceProcess? service = null;
        await MeasuredAsync("start until ready", async () => service = await ServiceProcess.StartAsync(ServiceCommand.Words, Settings(s3, _local.Path)));
        await using (service)
        {
            await MeasuredAsync("first answer of a model", () => Requests.PredictionsAsync(service!, "sensor-0000"));
            for (var i = 1; i < 12; i++)
                await Requests.PredictionsAsync(service!, $"sensor-{i:0000}");
            await JobWaiting.UntilAsync(async () => (await service!.Client.GetStringAsync("/metrics")).Split('\n').Any(line => line.StartsWith("aioutliers_models_loaded", StringComparison.Ordinal) && line.TrimEnd().EndsWith(" 5", StringComparison.Ordinal)), () => service!.Client.GetStringAsync("/metrics").Result);
            (await Requests.ReadyAsync(service!)).GetProperty("models").GetInt32().ShouldBe(count);
            ModelFiles.Names(_local.Path).Count.ShouldBe(count);
        }
        await FirstPollAsync(s3, count);
    }

    /// <summary>A new node: every model is fetched and loaded once before it is taken over.</summary>
    private static async Task FirstPollAsync(S3Settings s3, int count)
    {
        using var empty = new TemporaryFolder();
        await using var service = await ServiceProcess.StartAsync(ServiceCommand.Words, Settings(s3, empty.Path));
        var started = Stopwatch.GetTimestamp();
        await JobWaiting.UntilAsync(
            async () => (await Requests.ReadyAsync(service)).GetProperty("store").GetProperty("models").GetInt32() == count, () => service.Log);
        (await Requests.ReadyAsync(service)).GetProperty("models").GetInt32().ShouldBe(count);
        var took = Stopwatch.GetElapsedTime(started);
        using var process = Process.GetProcessById(service.Id);
        TestContext.Current.TestOutputHelper?.WriteLine($"first poll of a new node, {count} models, each loaded: {took.TotalMilliseconds:0} ms, "
            + $"processor {process.TotalProcessorTime.TotalMilliseconds:0} ms");
    }

    private static Dictionary<string, string> Settings(S3Settings s3, string folder) =>
        new(NodeSettings.Of(s3, folder)) { ["Models__max_loaded"] = "5" };

    private static async Task MeasuredAsync(string what, Func<Task> work)
    {
        // The processor's time of this process too: on a busy machine it says more.
        var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await work();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{what}: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms, processor {(Environment.CpuUsage.TotalTime - used).TotalMilliseconds:0} ms");
    }
}
