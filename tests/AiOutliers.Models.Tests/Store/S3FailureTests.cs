using AiOutliers.Detection;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests.Store;

/// <summary>
/// A store that refuses, is away, slow or cut off half-way: words that help, no secrets, and afterwards everything works again.
/// </summary>
[Trait("tier", "integration")]
public sealed class S3FailureTests(StoreFixture stores) : IDisposable
{
    private const string Wrong = "a-wrong-secret-of-the-store";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_WrongKey_SaysWhichKeysToCheckAndKeepsTheSecret()
    {
        var s3 = await stores.NewBucketAsync();
        var message = (await FailureAsync(s3 with { PrivateKey = Wrong })).Message;
        message.ShouldContain("check [AWS] s3_public_key and s3_private_key");
        message.ShouldNotContain(Wrong);
        (await FailureAsync(s3 with { PublicKey = "nobody" })).Message.ShouldContain("s3_public_key");
    }

    [Fact]
    public async Task List_MissingBucket_SaysSo() => (await FailureAsync(await stores.NewBucketAsync() with { Bucket = "no-such-bucket" })).Message.ShouldContain("check [AWS] s3_bucket");

    [Fact]
    public async Task List_ServerIsAway_SaysSo() =>
        (await FailureAsync(new(new Uri($"http://127.0.0.1:{Loopback.FreePort()}"), "key", Wrong, "us-east-1", "bucket") { Retries = 1 })).Message.ShouldContain("cannot be reached");

    [Fact]
    public async Task List_ServerIsSlow_EndsInTime()
    {
        var s3 = await stores.NewBucketAsync();
        await using var proxy = new UnreliableProxy(s3.Endpoint.Port) { Stalled = true };
        (await FailureAsync(s3 with { Endpoint = proxy.Endpoint, Retries = 0, RequestLimit = TimeSpan.FromSeconds(1) })).Message.ShouldContain("did not answer within 1 s");
    }

    [Fact]
    public async Task List_ServerIsNoS3_SaysSo()
    {
        await using var redis = await RedisServer.StartAsync();
        (await FailureAsync(new(new Uri($"http://127.0.0.1:{redis.Port}"), "key", Wrong, "us-east-1", "bucket") { Retries = 0 })).Kind.ShouldBe(ErrorKind.ClusterFailed);
    }

    [Fact]
    public async Task Download_CutOffHalfWay_FailsAndSucceedsLater()
    {
        var s3 = await stores.NewBucketAsync();
        using var direct = new S3ObjectStore(s3);
        ModelFolderContent.WriteModel(_folder.Path, "traffic", "whole");
        await new ModelStore(direct, TimeProvider.System).UploadAsync("traffic", _folder.Path);
        await using var proxy = new UnreliableProxy(s3.Endpoint.Port);
        using var objects = new S3ObjectStore(s3 with { Endpoint = proxy.Endpoint, Retries = 1, RequestLimit = TimeSpan.FromSeconds(10) });
        var store = new ModelStore(objects, TimeProvider.System);
        var model = (await store.FindAsync("traffic"))!;
        using var target = new TemporaryFolder();

        // The network has 114,530 bytes.
        proxy.CutAfter = 50_000;
        (await Should.ThrowAsync<AiOutliersException>(() => store.DownloadAsync(model, target.Path))).Kind.ShouldBe(ErrorKind.ClusterFailed);

        proxy.CutAfter = int.MaxValue;
        (await store.DownloadAsync(model, target.Path)).ShouldBeTrue();
        File.ReadAllBytes(Path.Combine(target.Path, "traffic.keras")).ShouldBe(File.ReadAllBytes(ModelFolderContent.GoodNetwork));
    }

    /// <summary>Names of sensors are encoded; a signature is over the key as it travels.</summary>
    [Theory]
    [InlineData("sal%C3%B3n%20~1a2b")]
    [InlineData("a.b_c-d")]
    public async Task Download_NameThatIsEncoded_Arrives(string name)
    {
        using var objects = new S3ObjectStore(await stores.NewBucketAsync());
        ModelFolderContent.WriteModel(_folder.Path, name, "whole");
        var store = new ModelStore(objects, TimeProvider.System);
        await store.UploadAsync(name, _folder.Path);
        using var target = new TemporaryFolder();

        (await store.DownloadAsync((await store.FindAsync(name))!, target.Path)).ShouldBeTrue();

        ModelFolderContent.MarkOf(target.Path, name).ShouldBe("whole");
    }

    [Theory]
    [InlineData("/dev/full", "'/dev'")]
    [InlineData("/nowhere/at/all", "'/nowhere/at'")]
    public async Task Get_FileThatCannotBeWritten_IsNotBlamedOnTheStore(string file, string place)
    {
        var s3 = await stores.NewBucketAsync();
        using var objects = new S3ObjectStore(s3 with { Retries = 4 });
        ModelFolderContent.WriteModel(_folder.Path, "traffic");
        var store = new ModelStore(objects, TimeProvider.System);
        await store.UploadAsync("traffic", _folder.Path);
        var item = (await store.FindAsync("traffic"))!.Files[0];

        var error = await Should.ThrowAsync<AiOutliersException>(() => objects.GetAsync(item, file));

        error.Message.ShouldStartWith($"this machine cannot write {place}: ");
        error.Message.ShouldNotContain("store");
    }

    [Fact]
    public async Task Upload_ServerComesBackMeanwhile_Succeeds()
    {
        var s3 = await stores.NewBucketAsync();
        await using var proxy = new UnreliableProxy(s3.Endpoint.Port);
        proxy.Close();
        using var objects = new S3ObjectStore(s3 with { Endpoint = proxy.Endpoint, Retries = 6 });
        var store = new ModelStore(objects, TimeProvider.System);
        ModelFolderContent.WriteModel(_folder.Path, "traffic");

        var upload = store.UploadAsync("traffic", _folder.Path);
        await Task.Delay(1500);
        proxy.Open();
        await upload;

        (await store.ListAsync()).ShouldHaveSingleItem().IsWhole.ShouldBeTrue();
    }

    private static async Task<AiOutliersException> FailureAsync(S3Settings settings)
    {
        using var objects = new S3ObjectStore(settings);
        return await Should.ThrowAsync<AiOutliersException>(() => new ModelStore(objects, TimeProvider.System).ListAsync());
    }
}
