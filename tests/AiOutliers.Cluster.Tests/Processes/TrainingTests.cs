using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Tests.Jobs;
using AiOutliers.Cluster.Tests.Servers;
using AiOutliers.Cluster.Worker;
using AiOutliers.Models;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Processes;

/// <summary>From the schedule to the answer: the real processes with a real Redis and a real store train on a broker's data.</summary>
[Trait("tier", "integration")]
public sealed class TrainingTests(StoreFixture stores) : IDisposable
{
    private const string Known = "sensor 1", New = "sensor/2";

    private const string SourceUp = "aioutliers_dependency_up\\{[^}]*dependency=\"source\"[^}]*\\} ";

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _models = new();
    private readonly TemporaryFolder _workers = new();

    public void Dispose()
    {
        _models.Dispose();
        _workers.Dispose();
    }

    [Fact]
    public async Task Work_JobsOfTheSchedule_TrainAndAnExecutorAnswersWithTheNewModels()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var broker = await new TrafficBroker().StartAsync();
        var s3 = await stores.NewBucketAsync();
        var (known, fresh) = (ModelName.ForSensor(Known), ModelName.ForSensor(New));
        await StoredModels.PushAsync(s3, [known]);
        var settings = Settings(redis, s3, broker.Endpoint);
        settings["Outliers__target_sensors"] = $"{Known}, {New}";
        await using var executor = await ServiceProcess.StartAsync(ServiceCommand.Words, With(settings, _models));
        await Requests.UntilModelsAsync(executor);
        var before = await Requests.PredictionsAsync(executor, known);

        var jobs = await EnqueueAsync(settings);
        await using var worker = ServiceCommand.Start(With(settings, _workers), "work");
        using var queue = Open(redis);
        await JobWaiting.UntilAsync(queue, [.. jobs.Values], JobState.Done, () => worker.Log);

        jobs.Keys.ShouldBe([known, fresh], ignoreOrder: true);
        await JobWaiting.UntilAsync(async () => await Requests.PredictionsAsync(executor, known) != before, () => executor.Log);
        await Requests.UntilModelsAsync(executor, 2);
        // The sensor in the query picks the model, and the traffic set that it needs is asked for.
        (await QueryAsync(executor, New)).ShouldContain("\"forecast\"");
        await executor.SaysAsync($"Loaded model {fresh}");
        foreach (var sensor in new[] { Known, New })
            broker.Queries.Count(query => query.Contains(JsonSerializer.Serialize(sensor), StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(8, sensor);
        using var objects = new S3ObjectStore(s3);
        var store = new ModelStore(objects, TimeProvider.System);
        (await store.VersionsAsync(known)).Select(version => version.IsLatest).ShouldBe([true, false]);
        (await store.VersionsAsync(fresh)).ShouldHaveSingleItem().IsLatest.ShouldBeTrue();
        (await StoredModels.LoadAllAsync(s3)).ShouldAllBe(model => model.Training != null && model.Autoencoder.Profile.Sensor != null);
        (await worker.StopAsync()).ShouldBe(0, worker.Log);
        worker.Log.ShouldNotContain(MinioServer.Secret);
    }

    /// <summary>The way from the Python service, and back: its model is trained on, kept, and the latest again after a rollback.</summary>
    [Fact]
    public async Task Work_ModelThatThePythonServiceLeft_IsKeptAndARollbackBringsItsAnswersBack()
    {
        const string Name = "traffic";
        await using var redis = await RedisServer.StartAsync();
        await using var broker = await new TrafficBroker().StartAsync();
        var s3 = await stores.NewBucketAsync();
        using (var left = new TemporaryFolder())
        {
            ModelFolderContent.WriteModel(left.Path, Name, "of the Python service");
            await StoredModels.WriteForeignAsync(await stores.ServerAsync(), s3, Name, left.Path);
        }
        var settings = Settings(redis, s3, broker.Endpoint);
        await using var executor = await ServiceProcess.StartAsync(ServiceCommand.Words, With(settings, _models));
        await Requests.UntilModelsAsync(executor);
        var before = await Requests.PredictionsAsync(executor, Name);

        var jobs = await EnqueueAsync(settings);
        await using var worker = ServiceCommand.Start(With(settings, _workers), "work");
        using var queue = Open(redis);
        await JobWaiting.UntilAsync(queue, [.. jobs.Values], JobState.Done, () => worker.Log);
        await JobWaiting.UntilAsync(async () => await Requests.PredictionsAsync(executor, Name) != before, () => executor.Log);

        using var objects = new S3ObjectStore(s3);
        var store = new ModelStore(objects, TimeProvider.System);
        (await store.VersionsAsync(Name)).Select(version => version.IsLatest).ShouldBe([true, false]);
        var (code, output) = await ServiceCommand.RunAsync(settings, "models", "rollback", Name);
        code.ShouldBe(0, output);
        await JobWaiting.UntilAsync(async () => await Requests.PredictionsAsync(executor, Name) == before, () => executor.Log);
    }

    /// <summary>The broker goes away while a job fetches its data, and comes back half a minute later.</summary>
    [Fact]
    public async Task Work_BrokerGoneInTheMiddle_JobIsDoneLaterAndTheExecutorGoesOnAnswering()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var broker = await new TrafficBroker().StartAsync();
        await using var proxy = new UnreliableProxy(broker.Endpoint.Port);
        var s3 = await stores.NewBucketAsync();
        await StoredModels.PushAsync(s3, ["traffic"]);
        var settings = Settings(redis, s3, new Uri(proxy.Endpoint, broker.Endpoint.AbsolutePath));
        await using var executor = await ServiceProcess.StartAsync(ServiceCommand.Words, With(settings, _models));
        await Requests.UntilModelsAsync(executor);
        broker.BeforeAnswer = number =>
        {
            if (number == 3)
                Close(proxy);
            return Task.CompletedTask;
        };

        var jobs = await EnqueueAsync(settings);
        var port = Loopback.FreePort();
        settings["Jobs__health_port"] = $"{port}";
        settings["OutliersServerProduction__outliers_binding_address"] = "127.0.0.1";
        await using var worker = ServiceCommand.Start(With(settings, _workers), "work");
        await JobWaiting.UntilAsync(() => Task.FromResult(broker.Queries.Count >= 3), () => worker.Log);
        var gone = TimeProvider.System.GetTimestamp();
        using (var refused = await AskAsync(executor, null))
            refused.IsSuccessStatusCode.ShouldBeFalse();
        await UntilMetricAsync(executor.Client, "/metrics", SourceUp + "0");
        while (TimeProvider.System.GetElapsedTime(gone) < Outage)
        {
            // Data that comes along needs no broker.
            await Requests.PredictionsAsync(executor, "traffic");
            await Task.Delay(100);
        }
        broker.Queries.Count.ShouldBe(3);
        Open(proxy);

        using var queue = Open(redis);
        await JobWaiting.UntilAsync(queue, [.. jobs.Values], JobState.Done, () => worker.Log);
        worker.Log.ShouldContain("train traffic failed: the broker");
        using var http = new HttpClient();
        await UntilMetricAsync(http, $"http://127.0.0.1:{port}/metrics", "aioutliers_jobs_attempts_total\\{[^}]*failed[^}]*\\} [1-9]");
        (await QueryAsync(executor, null)).ShouldContain("\"forecast\"");
        await UntilMetricAsync(executor.Client, "/metrics", SourceUp + "1");
        (await StoredModels.LoadAllAsync(s3)).ShouldHaveSingleItem().Training.ShouldNotBeNull();
    }

    private static void Close(UnreliableProxy proxy)
    {
        proxy.Close();
        proxy.CutAfter = 0;
    }

    private static void Open(UnreliableProxy proxy)
    {
        proxy.CutAfter = int.MaxValue;
        proxy.Open();
    }

    private static JobQueue Open(RedisServer redis) => JobQueue.Open(new() { Redis = new("127.0.0.1", redis.Port, null) }, TestJobs.Kinds, NullLoggerFactory.Instance);

    /// <summary>What <c>schedule --now</c> enqueued: ids by model.</summary>
    private static async Task<Dictionary<string, string>> EnqueueAsync(Dictionary<string, string> settings)
    {
        await using var schedule = ServiceCommand.Start(settings, "schedule", "--now");
        (await schedule.EndAsync()).ShouldBe(0, schedule.Log);
        return schedule.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ')).ToDictionary(parts => parts[1], parts => parts[0]);
    }

    /// <summary>The exporter may answer with what it said a moment ago.</summary>
    private static Task UntilMetricAsync(HttpClient http, string path, string pattern) => JobWaiting.UntilAsync(
        async () => Regex.IsMatch(await http.GetStringAsync(path), pattern), () => http.GetStringAsync(path).Result);

    private static async Task<string> QueryAsync(ServiceProcess service, string? sensor)
    {
        using var response = await AskAsync(service, sensor);
        var body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return body;
    }

    private static async Task<HttpResponseMessage> AskAsync(ServiceProcess service, string? sensor)
    {
        var to = TimeProvider.System.GetUtcNow();
        var filter = sensor is null ? "" : $$""","filter":{"type":"selector","dimension":"sensor_name","value":{{JsonSerializer.Serialize(sensor)}}}""";
        var query = $$"""{"queryType":"timeseries","dataSource":"rb_flow","granularity":{"type":"period","period":"PT15M"},"intervals":["{{Iso(to.AddDays(-1))}}/{{Iso(to)}}"]{{filter}},"aggregations":[{"type":"longSum","name":"bytes","fieldName":"sum_bytes"}]}""";
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("query", Convert.ToBase64String(Encoding.UTF8.GetBytes(query)))]);
        return await service.Client.PostAsync("/calculate", form);
    }

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Dictionary<string, string> With(Dictionary<string, string> settings, TemporaryFolder folder) => new(settings) { ["Models__path"] = folder.Path };

    private static Dictionary<string, string> Settings(RedisServer redis, S3Settings s3, Uri broker) => new(NodeSettings.Of(s3))
    {
        ["Redis__rd_hostname"] = "127.0.0.1",
        ["Redis__rd_port"] = $"{redis.Port}",
        ["Druid__druid_endpoint"] = broker.AbsoluteUri,
        ["Outliers__epochs"] = "3",
        ["Models__poll_seconds"] = "1",
    };
}
