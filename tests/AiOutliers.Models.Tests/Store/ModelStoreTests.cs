using System.Text;
using AiOutliers.Detection;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;
using Amazon.S3.Model;

namespace AiOutliers.Models.Tests.Store;

/// <summary>The same on a folder and on a real S3 server.</summary>
public abstract class ModelStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected string Folder => _folder.Path;

    protected abstract Task<ModelStore> OpenAsync();

    /// <summary>Without this class: into <c>latest/</c> alone, without a tag.</summary>
    protected abstract Task WriteLatestAsync(string name, string folder);

    public virtual void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Upload_TwoVersions_KeepsBothAndRollbackBringsTheOldOneBack()
    {
        var store = await OpenAsync();
        ModelFolderContent.WriteModel(Folder, "traffic", "one", sensor: "a");
        var one = await store.UploadAsync("traffic", Folder);
        ModelFolderContent.WriteModel(Folder, "traffic", "two!");
        File.Delete(Path.Combine(Folder, "traffic_filter.json"));
        var two = await store.UploadAsync("traffic", Folder);

        (await store.VersionsAsync("traffic")).Select(version => (version.Id, version.IsLatest)).ShouldBe([(two, true), (one, false)]);
        (await LatestAsync(store, "traffic")).ShouldBe(("two!", 2));

        (await store.RollbackAsync("traffic", null)).ShouldBe(one);
        (await LatestAsync(store, "traffic")).ShouldBe(("one", 3));
        (await store.VersionsAsync("traffic")).Select(version => version.IsLatest).ShouldBe([false, true]);
        (await Should.ThrowAsync<AiOutliersException>(() => store.RollbackAsync("traffic", null))).Message.ShouldContain("older than the latest");

        (await store.RollbackAsync("traffic", two)).ShouldBe(two);
        (await LatestAsync(store, "traffic")).ShouldBe(("two!", 2));
        (await Should.ThrowAsync<AiOutliersException>(() => store.RollbackAsync("traffic", "../x"))).Message.ShouldContain("'../x' is not a version of 'traffic'");
    }

    [Fact]
    public async Task KeepLatest_ModelThatAnotherServiceWrote_IsAVersionFromThenOn()
    {
        var store = await OpenAsync();
        ModelFolderContent.WriteModel(Folder, "traffic", "of the Python service");
        await WriteLatestAsync("traffic", Folder);

        await store.KeepLatestAsync("traffic");
        await store.KeepLatestAsync("traffic");
        await store.KeepLatestAsync("nothing");
        (await store.VersionsAsync("traffic")).ShouldHaveSingleItem().IsLatest.ShouldBeTrue();
        ModelFolderContent.WriteModel(Folder, "traffic", "trained here");
        await store.UploadAsync("traffic", Folder);

        await store.KeepLatestAsync("traffic");
        (await store.VersionsAsync("traffic")).Select(version => version.IsLatest).ShouldBe([true, false]);
        await store.RollbackAsync("traffic", null);
        (await store.VersionsAsync("traffic")).Select(version => version.IsLatest).ShouldBe([false, true], "what was there first is there again");
    }

    [Fact]
    public async Task Upload_NamesThatDifferInCase_StayApart()
    {
        var store = await OpenAsync();
        ModelFolderContent.WriteModel(Folder, "Traffic", "upper");
        ModelFolderContent.WriteModel(Folder, "traffic", "lower");
        await store.UploadAsync("Traffic", Folder);
        await store.UploadAsync("traffic", Folder);

        (await store.ListAsync()).Select(model => model.Name).ShouldBe(["Traffic", "traffic"]);
        (await LatestAsync(store, "Traffic")).Mark.ShouldBe("upper");
        (await LatestAsync(store, "traffic")).Mark.ShouldBe("lower");
        (await store.VersionsAsync("traffic")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/b")]
    [InlineData("..")]
    public async Task AnyUse_NameThatLeavesItsPrefix_IsRefused(string name)
    {
        var store = await OpenAsync();
        await Should.ThrowAsync<AiOutliersException>(() => store.UploadAsync(name, Folder));
        await Should.ThrowAsync<AiOutliersException>(() => store.FindAsync(name));
        await Should.ThrowAsync<AiOutliersException>(() => store.VersionsAsync(name));
        await Should.ThrowAsync<AiOutliersException>(() => store.RollbackAsync(name, null));
    }

    [Fact]
    public async Task Upload_SensorsName_IsStoredUnderItsEncodedName()
    {
        var store = await OpenAsync();
        var name = ModelName.ForSensor("../lab 1/" + new string('x', 300));
        ModelFolderContent.WriteModel(Folder, name, "sensor");
        await store.UploadAsync(name, Folder);

        (await store.ListAsync()).ShouldHaveSingleItem().Name.ShouldBe(name);
        (await LatestAsync(store, name)).Mark.ShouldBe("sensor");
    }

    private static async Task<(string Mark, int Files)> LatestAsync(ModelStore store, string name)
    {
        using var folder = new TemporaryFolder();
        var model = (await store.FindAsync(name)).ShouldNotBeNull();
        (await store.DownloadAsync(model, folder.Path)).ShouldBeTrue();
        return (ModelFolderContent.MarkOf(folder.Path, name), Directory.GetFiles(folder.Path).Length);
    }
}

public sealed class FolderModelStoreTests : ModelStoreTests
{
    private readonly TemporaryFolder _store = new();

    public override void Dispose()
    {
        _store.Dispose();
        base.Dispose();
    }

    protected override Task<ModelStore> OpenAsync() => Task.FromResult(new ModelStore(new FolderObjectStore(_store.Path), TimeProvider.System));

    protected override Task WriteLatestAsync(string name, string folder)
    {
        foreach (var file in Directory.GetFiles(folder, name + "*"))
            File.Copy(file, Path.Combine(_store.Path, Path.GetFileName(file)));
        return Task.CompletedTask;
    }
}

[Trait("tier", "integration")]
public sealed class S3ModelStoreTests(StoreFixture stores) : ModelStoreTests
{
    private S3Settings? _bucket;
    private S3ObjectStore? _objects;

    public override void Dispose()
    {
        _objects?.Dispose();
        base.Dispose();
    }

    protected override async Task<ModelStore> OpenAsync()
    {
        _bucket = await stores.NewBucketAsync();
        _objects = new S3ObjectStore(_bucket);
        return new ModelStore(_objects, TimeProvider.System);
    }

    protected override async Task WriteLatestAsync(string name, string folder) =>
        await StoredModels.WriteForeignAsync(await stores.ServerAsync(), _bucket!, name, folder);

    [Fact]
    public async Task List_ForeignObjects_AreNotLookedAt()
    {
        var s3 = await stores.NewBucketAsync();
        using var client = (await stores.ServerAsync()).Client();
        foreach (var key in new[] { "rbaioutliers/latest/a/b.keras", "rbaioutliers/latest/.x.keras", "rbaioutliers/latest/readme.txt", "rbaioutliers/other/x.keras", "rbaioutliers/latest/good.keras" })
            await client.PutObjectAsync(new PutObjectRequest { BucketName = s3.Bucket, Key = key, InputStream = new MemoryStream(Encoding.ASCII.GetBytes("x")) });
        using var objects = new S3ObjectStore(s3);

        (await new ModelStore(objects, TimeProvider.System).ListAsync()).ShouldHaveSingleItem().Name.ShouldBe("good");
    }

    [Fact]
    public async Task Download_FilesOfTwoUploads_IsNotWhole()
    {
        var s3 = await stores.NewBucketAsync();
        using var objects = new S3ObjectStore(s3);
        var store = new ModelStore(objects, TimeProvider.System);
        ModelFolderContent.WriteModel(Folder, "traffic", "one");
        await store.UploadAsync("traffic", Folder);
        // As when a worker died between two objects.
        await objects.PutAsync(ModelStore.LatestPrefix, [Path.Combine(Folder, "traffic.keras")], "another");

        using var folder = new TemporaryFolder();
        (await store.DownloadAsync((await store.FindAsync("traffic"))!, folder.Path)).ShouldBeFalse();
        (await store.DownloadNewestAsync("traffic", folder.Path)).ShouldBeTrue("the kept version is whole");
        (await store.DownloadNewestAsync("nothing", folder.Path)).ShouldBeFalse();
    }
}
