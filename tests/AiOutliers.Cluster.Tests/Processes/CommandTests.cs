using AiOutliers.Cluster.Jobs;
using AiOutliers.Cluster.Tests.Jobs;
using AiOutliers.Cluster.Worker;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Cluster.Tests.Processes;

/// <summary>The commands as a person types them, with a real Redis and a real store.</summary>
[Trait("tier", "integration")]
public sealed class CommandTests(StoreFixture stores) : IDisposable
{
    private const string RedisSecret = "the-secret-of-redis";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Models_PushVersionsRollbackPull_DoAsTheySay()
    {
        var s3 = await stores.NewBucketAsync();
        var settings = NodeSettings.Of(s3, _folder.Path);
        ModelFolderContent.WriteModel(_folder.Path, "traffic", "one");
        (await ServiceCommand.RunAsync(settings, "models", "push", "traffic")).Code.ShouldBe(0);
        ModelFolderContent.WriteModel(_folder.Path, "traffic", "two");
        (await ServiceCommand.RunAsync(settings, "models", "push", "traffic")).Code.ShouldBe(0);
        (await ServiceCommand.RunAsync(settings, "models", "versions", "traffic")).Output.ShouldContain("latest");

        (await ServiceCommand.RunAsync(settings, "models", "rollback", "traffic")).Code.ShouldBe(0);
        (await ServiceCommand.RunAsync(settings, "models", "pull", "traffic")).Code.ShouldBe(0);
        ModelFolderContent.MarkOf(_folder.Path, "traffic").ShouldBe("one");

        ModelFolderContent.WriteBroken(_folder.Path, "traffic");
        (await ServiceCommand.RunAsync(settings, "models", "push", "traffic")).Code.ShouldBe(1);
        (await ServiceCommand.RunAsync(settings, "models", "pull", "../traffic")).Code.ShouldBe(2);
        (await ServiceCommand.RunAsync(settings, "models", "versions", "nothing")).Code.ShouldBe(2);
        settings["AWS__s3_private_key"] = "a-wrong-secret";
        var (code, output) = await ServiceCommand.RunAsync(settings, "models", "versions", "traffic");
        code.ShouldBe(1);
        output.ShouldContain("check [AWS] s3_public_key and s3_private_key");
        output.ShouldNotContain("a-wrong-secret");
    }

    [Fact]
    public async Task Jobs_ScheduleNowListShowCancelRetry_DoAsTheySay()
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", RedisSecret);
        var settings = Redis(redis.Port);
        settings["Outliers__model_names"] = "traffic, web";
        settings["Outliers__target_sensors"] = "sensor 1,../sensor";
        var (code, output) = await ServiceCommand.RunAsync(settings, "schedule", "--now");
        code.ShouldBe(0, output);
        var jobs = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(parts => parts[1], parts => parts[0]);
        jobs.Keys.Order(StringComparer.Ordinal).ShouldBe(["%2E.%2Fsensor", "sensor%201", "traffic", "web"]);

        (await ServiceCommand.RunAsync(settings, "jobs")).Output.ShouldContain("web");
        var shown = (await ServiceCommand.RunAsync(settings, "jobs", "show", jobs["sensor%201"])).Output;
        shown.ShouldContain("sensor 1");
        shown.ShouldMatch("attempts +0");
        shown.ShouldMatch("lost leases +0");
        (await ServiceCommand.RunAsync(settings, "jobs", "cancel", jobs["web"])).Code.ShouldBe(0);
        (await ServiceCommand.RunAsync(settings, "jobs", "show", jobs["web"])).Output.ShouldContain("cancelled");
        (await ServiceCommand.RunAsync(settings, "jobs", "retry", jobs["web"])).Code.ShouldBe(0);
        (await ServiceCommand.RunAsync(settings, "jobs", "retry", "nonsense")).Code.ShouldBe(2);

        settings["Redis__rd_secret"] = "another-secret";
        (code, output) = await ServiceCommand.RunAsync(settings, "jobs");
        code.ShouldBe(2);
        output.ShouldContain("[Redis] rd_secret");
        output.ShouldNotContain("another-secret");
    }

    [Fact]
    public async Task Schedule_TwoProcesses_EnqueueEachTimeOnce()
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", RedisSecret);
        var settings = Redis(redis.Port);
        settings["Outliers__model_names"] = "traffic";
        settings["Outliers__schedule_hour"] = "* * * * *";
        await using var one = ServiceCommand.Start(settings, "schedule");
        await using var two = ServiceCommand.Start(settings, "schedule");
        using var queue = JobQueue.Open(new() { Redis = new("127.0.0.1", redis.Port, RedisSecret) }, TestJobs.Kinds, NullLoggerFactory.Instance);
        var board = new JobBoard(queue);

        await JobWaiting.UntilAsync(async () => (await board.ListAsync()).Count > 0, () => one.Log + two.Log);
        await JobWaiting.UntilAsync(() => Task.FromResult((one.Log + two.Log).Contains("jobs enqueued for", StringComparison.Ordinal)), () => one.Log + two.Log);

        (await board.ListAsync()).ShouldHaveSingleItem();
        (await one.StopAsync()).ShouldBe(0, one.Log);
        two.Log.ShouldNotContain(RedisSecret);
    }

    [Fact]
    public async Task Schedule_SixFields_StopsWithTheKeyAndWhatIsAllowed()
    {
        var (code, output) = await ServiceCommand.RunAsync(new Dictionary<string, string> { ["Outliers__schedule_hour"] = "0 0 2 * * *" }, "schedule");
        code.ShouldBe(2);
        output.ShouldContain("[Outliers] schedule_hour = '0 0 2 * * *' is not allowed; it takes a cron expression of five fields");
    }

    [Fact]
    public async Task Work_HealthPort_IsReadyWhileRedisAnswersAndLivesOnWithoutIt()
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", RedisSecret);
        var settings = Redis(redis.Port);
        var port = Loopback.FreePort();
        settings["Jobs__health_port"] = $"{port}";
        settings["OutliersServerProduction__outliers_binding_address"] = "127.0.0.1";
        settings["Models__path"] = _folder.Path;
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        async Task<int> StatusAsync(string path)
        {
            using var response = await http.GetAsync(path);
            return (int)response.StatusCode;
        }

        await using var worker = ServiceCommand.Start(settings, "work");
        await worker.AnsweringAsync(new Uri(http.BaseAddress, "/health/ready").AbsoluteUri);
        const string Up = "aioutliers_dependency_up\\{[^}]*dependency=\"redis\"[^}]*\\} ";
        (await http.GetStringAsync("/metrics")).ShouldContain("aioutliers_queue_jobs{");
        (await http.GetStringAsync("/metrics")).ShouldMatch(Up + "1");
        // A rule sees a number grow from zero; one that begins at one has not grown.
        (await http.GetStringAsync("/metrics")).ShouldMatch("aioutliers_jobs_refused_total\\{[^}]*\\} 0");

        await redis.StopAsync();
        await JobWaiting.UntilAsync(async () => await StatusAsync("/health/ready") == 503, () => worker.Log);
        (await StatusAsync("/health/live")).ShouldBe(200);
        // The exporter may answer with what it said a moment ago.
        await JobWaiting.UntilAsync(async () => !(await http.GetStringAsync("/metrics")).Contains("aioutliers_queue_jobs{", StringComparison.Ordinal), () => worker.Log);
        (await http.GetStringAsync("/metrics")).ShouldMatch(Up + "0");
        worker.Log.ShouldNotContain(RedisSecret);
    }

    /// <summary>Both on one machine, with one configuration: each answers on its own port.</summary>
    [Fact]
    public async Task WorkAndSchedule_OneConfiguration_HaveAHealthPortEach()
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", RedisSecret);
        var settings = Redis(redis.Port);
        var (ofWork, ofSchedule) = (Loopback.FreePort(), Loopback.FreePort());
        settings["Jobs__health_port"] = $"{ofWork}";
        settings["Jobs__schedule_health_port"] = $"{ofSchedule}";
        settings["Outliers__schedule_hour"] = "0 2 * * *";
        settings["OutliersServerProduction__outliers_binding_address"] = "127.0.0.1";
        settings["Models__path"] = _folder.Path;

        await using var worker = ServiceCommand.Start(settings, "work");
        await worker.AnsweringAsync($"http://127.0.0.1:{ofWork}/health/ready");
        await using var scheduler = ServiceCommand.Start(settings, "schedule");
        await scheduler.AnsweringAsync($"http://127.0.0.1:{ofSchedule}/health/ready");

        worker.HasExited.ShouldBeFalse(worker.Log);
    }

    [Fact]
    public async Task WorkAndJobs_WithoutRedis_SayWhatToDo()
    {
        (await ServiceCommand.RunAsync(new Dictionary<string, string>(), "work")).Output.ShouldContain("[Redis] rd_hostname is not set");
        (await ServiceCommand.RunAsync(new Dictionary<string, string>(), "jobs")).Output.ShouldContain("[Redis] rd_hostname is not set");
    }

    [Theory]
    [InlineData("off", "", 404)]
    [InlineData("loopback", "", 200)]
    [InlineData("key", "", 401)]
    [InlineData("key", "wrong-key-of-the-board", 401)]
    [InlineData("key", "the-key-of-the-dashboard", 200)]
    public async Task Dashboard_Access_IsAsConfigured(string access, string key, int expected)
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", RedisSecret);
        var settings = Redis(redis.Port);
        settings["Jobs__dashboard"] = access;
        settings["Jobs__dashboard_key"] = "the-key-of-the-dashboard";
        settings["Models__path"] = _folder.Path;
        await using var service = await ServiceProcess.StartAsync(ServiceCommand.Words, settings);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/jobs");
        if (key.Length > 0)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"me:{key}")));

        using var response = await service.Client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(expected);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain(RedisSecret);
        response.Headers.TryGetValues("X-Frame-Options", out var framed).ShouldBe(access != "off");
        framed.ShouldBe(access == "off" ? null : ["DENY"]);
        service.Log.Contains("A wrong key for /jobs came from 127.0.0.1", StringComparison.Ordinal)
            .ShouldBe(key.StartsWith("wrong", StringComparison.Ordinal));
        service.Log.Contains("set dashboard = key", StringComparison.Ordinal).ShouldBe(access == "loopback");
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/jobs/jobs/failed/requeue") { Headers = { { "Origin", "http://elsewhere.example" } } };
        foreign.Headers.Authorization = request.Headers.Authorization;
        using var refused = await service.Client.SendAsync(foreign);
        ((int)refused.StatusCode).ShouldBeGreaterThanOrEqualTo(400);
        service.Log.ShouldNotContain(RedisSecret);
    }

    private static Dictionary<string, string> Redis(int port) => new() { ["Redis__rd_hostname"] = "127.0.0.1", ["Redis__rd_port"] = $"{port}", ["Redis__rd_secret"] = RedisSecret };
}
