using System.Text.Json;
using AiOutliers.Cluster.Tests.Jobs;
using AiOutliers.Cluster.Tests.Servers;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;
using Amazon.S3.Model;

namespace AiOutliers.Cluster.Tests.Processes;

/// <summary>What docs/operations.md says about backups, done with real servers: lost, restored, the same answers as before.</summary>
[Trait("tier", "integration")]
public sealed class RestoreTests(StoreFixture stores) : IDisposable
{
    private const string Name = "traffic";

    private readonly TemporaryFolder _models = new();
    private readonly TemporaryFolder _kept = new();

    public void Dispose()
    {
        _models.Dispose();
        _kept.Dispose();
    }

    [Fact]
    public async Task Restore_BucketIsLost_ANewNodeAnswersFromTheCopiedObjects()
    {
        var s3 = await stores.NewBucketAsync();
        await StoredModels.PushAsync(s3, [Name]);
        await CopyAsync(s3, _kept.Path);
        string before;
        await using (var executor = await ServiceProcess.StartAsync(ServiceCommand.Words, Settings(s3)))
        {
            await Requests.UntilModelsAsync(executor);
            before = await Requests.PredictionsAsync(executor, Name);
            await EmptyAsync(s3);
            await JobWaiting.UntilAsync(() => Task.FromResult(executor.Log.Contains("is empty", StringComparison.Ordinal)), () => executor.Log);
            (await Requests.PredictionsAsync(executor, Name)).ShouldBe(before);
        }

        await PutBackAsync(s3);

        Directory.Delete(_models.Path, recursive: true);
        await using var node = await ServiceProcess.StartAsync(ServiceCommand.Words, Settings(s3));
        await Requests.UntilModelsAsync(node);
        (await Requests.PredictionsAsync(node, Name)).ShouldBe(before);
        using var objects = new S3ObjectStore(s3);
        (await new ModelStore(objects, TimeProvider.System).VersionsAsync(Name)).ShouldHaveSingleItem().IsLatest.ShouldBeTrue();
    }

    [Fact]
    public async Task Restore_ModelSpoiledByATraining_ComesBackFromBackupPathByAPush()
    {
        await using var broker = await new TrafficBroker().StartAsync();
        var s3 = await stores.NewBucketAsync();
        var settings = Settings(s3);
        settings["Druid__druid_endpoint"] = broker.Endpoint.AbsoluteUri;
        settings["Outliers__backup_path"] = _kept.Path;
        await StoredModels.PushAsync(s3, [Name]);
        await using var executor = await ServiceProcess.StartAsync(ServiceCommand.Words, settings);
        await Requests.UntilModelsAsync(executor);
        var before = await Requests.PredictionsAsync(executor, Name);
        (await ServiceCommand.RunAsync(settings, "train", Name, "--epochs", "3", "--learning-rate", "0.01")).Code.ShouldBe(0);
        (await ServiceCommand.RunAsync(settings, "models", "push", Name)).Code.ShouldBe(0);
        await JobWaiting.UntilAsync(async () => await Requests.PredictionsAsync(executor, Name) != before, () => executor.Log);

        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(_kept.Path))
            File.Copy(file, Path.Combine(folder.Path, Name + Ending(file)));
        (await ServiceCommand.RunAsync(new Dictionary<string, string>(settings) { ["Models__path"] = folder.Path }, "models", "push", Name)).Code.ShouldBe(0);

        await JobWaiting.UntilAsync(async () => await Requests.PredictionsAsync(executor, Name) == before, () => executor.Log);
    }

    /// <summary>The rule that docs/operations.md names is one that a real store takes.</summary>
    [Fact]
    public async Task Lifecycle_RuleOfTheProject_IsTakenAndSparesWhatIsLatest()
    {
        var s3 = await stores.NewBucketAsync();
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Golden.Root, "deploy/s3/lifecycle.json")));
        var rule = json.RootElement.GetProperty("Rules").EnumerateArray().ShouldHaveSingleItem();
        var prefix = rule.GetProperty("Filter").GetProperty("Prefix").GetString();
        var days = rule.GetProperty("Expiration").GetProperty("Days").GetInt32();
        prefix.ShouldBe(ModelStore.VersionsPrefix);

        using var client = (await stores.ServerAsync()).Client();
        await client.PutLifecycleConfigurationAsync(s3.Bucket, new LifecycleConfiguration
        {
            Rules =
            [
                new LifecycleRule
                {
                    Id = rule.GetProperty("ID").GetString(),
                    Status = rule.GetProperty("Status").GetString(),
                    Filter = new() { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = prefix } },
                    Expiration = new() { Days = days },
                },
            ],
        });

        var kept = (await client.GetLifecycleConfigurationAsync(s3.Bucket)).Configuration.Rules.ShouldHaveSingleItem();
        (kept.Expiration.Days, kept.Status.Value).ShouldBe((days, "Enabled"));
    }

    private static string Ending(string file) => file.EndsWith("_filter.json", StringComparison.Ordinal) ? "_filter.json" : Path.GetExtension(file);

    private async Task CopyAsync(S3Settings s3, string folder)
    {
        using var client = (await stores.ServerAsync()).Client();
        foreach (var item in (await client.ListObjectsV2Async(new() { BucketName = s3.Bucket })).S3Objects)
        {
            using var content = await client.GetObjectAsync(s3.Bucket, item.Key);
            await content.WriteResponseStreamToFileAsync(Path.Combine(folder, item.Key), append: false, CancellationToken.None);
        }
    }

    private async Task EmptyAsync(S3Settings s3)
    {
        using var client = (await stores.ServerAsync()).Client();
        foreach (var item in (await client.ListObjectsV2Async(new() { BucketName = s3.Bucket })).S3Objects)
            await client.DeleteObjectAsync(s3.Bucket, item.Key);
    }

    private async Task PutBackAsync(S3Settings s3)
    {
        using var client = (await stores.ServerAsync()).Client();
        foreach (var file in Directory.EnumerateFiles(_kept.Path, "*", SearchOption.AllDirectories))
            await client.PutObjectAsync(new() { BucketName = s3.Bucket, Key = Path.GetRelativePath(_kept.Path, file), FilePath = file });
    }

    private Dictionary<string, string> Settings(S3Settings s3) =>
        new(NodeSettings.Of(s3, _models.Path)) { ["Models__poll_seconds"] = "1" };
}
