using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Models.Tests.Store;

/// <summary>The Python trainer and people write models of ours again, on a real S3 server: files without a tag beside files with ours.</summary>
[Trait("tier", "integration")]
public sealed class ForeignUploadTests(StoreFixture stores) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _local = new();
    private S3Settings _bucket = null!;

    public void Dispose()
    {
        _folder.Dispose();
        _local.Dispose();
    }

    [Fact]
    public async Task Poll_PythonWroteOverOurs_ArrivesWhenSettledAndKeepsTheFilter()
    {
        await UploadOursAsync();
        ModelFolderContent.WriteModel(_folder.Path, "traffic", "of the Python service");
        await WriteForeignAsync(".keras", ".ini");

        var early = await PollAsync(TimeSpan.Zero);
        early.Report.Swapped.ShouldBeEmpty();
        early.Sync.Rejected.ShouldBeEmpty("it may be under way");

        (await PollAsync(TimeSpan.FromSeconds(10))).Report.Swapped.ShouldBe(["traffic"]);
        ModelFolderContent.MarkOf(_local.Path, "traffic").ShouldBe("of the Python service");
        ModelFiles.Load(_local.Path, "traffic").Filter.ShouldNotBeNull().ShouldContain("lab");
    }

    [Fact]
    public async Task Poll_FilterWrittenByHand_ArrivesWhenSettled()
    {
        await UploadOursAsync();
        ModelFolderContent.WriteModel(_folder.Path, "traffic", "ours", sensor: "hall");
        await WriteForeignAsync("_filter.json");

        (await PollAsync(TimeSpan.FromSeconds(10))).Report.Swapped.ShouldBe(["traffic"]);
        ModelFiles.Load(_local.Path, "traffic").Filter.ShouldNotBeNull().ShouldContain("hall");
    }

    [Fact]
    public async Task Poll_HalfAnUpload_IsRejectedWithItsReasonUntilTheRestComes()
    {
        await UploadOursAsync();
        await PollAsync(TimeSpan.Zero);
        ModelFolderContent.WriteModel(_folder.Path, "traffic", "of the Python service");
        // Another network: a byte after the end of HDF5 does no harm.
        File.AppendAllText(Path.Combine(_folder.Path, "traffic.keras"), " ");
        await WriteForeignAsync(".keras");

        (await PollAsync(TimeSpan.FromSeconds(10))).Sync.Rejected.ShouldBeEmpty("it may be under way");
        var (report, sync) = await PollAsync(TimeSpan.FromMinutes(10));
        report.Swapped.ShouldBeEmpty();
        sync.Rejected["traffic"].ShouldContain("are of different uploads (traffic.ini: ");
        sync.Rejected["traffic"].ShouldContain("traffic.keras: without a tag");
        ModelFolderContent.MarkOf(_local.Path, "traffic").ShouldBe("ours");

        await WriteForeignAsync(".ini");
        (await sync.PollAsync(default)).Swapped.ShouldBe(["traffic"]);
        sync.Rejected.ShouldBeEmpty();
        ModelFolderContent.MarkOf(_local.Path, "traffic").ShouldBe("of the Python service");
    }

    [Fact]
    public async Task DownloadNewest_PythonWroteOverOurs_TrainsThatOneFurther()
    {
        await UploadOursAsync();
        ModelFolderContent.WriteModel(_folder.Path, "traffic", "of the Python service");
        await WriteForeignAsync(".keras", ".ini");
        using var objects = new S3ObjectStore(_bucket);

        (await new ModelStore(objects, new Later(TimeSpan.FromSeconds(10))).DownloadNewestAsync("traffic", _local.Path)).ShouldBeTrue();

        ModelFolderContent.MarkOf(_local.Path, "traffic").ShouldBe("of the Python service");
    }

    private async Task UploadOursAsync()
    {
        _bucket = await stores.NewBucketAsync();
        using var objects = new S3ObjectStore(_bucket);
        ModelFolderContent.WriteModel(_folder.Path, "traffic", "ours", sensor: "lab");
        await new ModelStore(objects, TimeProvider.System).UploadAsync("traffic", _folder.Path);
    }

    /// <summary>Files of the folder, into <c>latest/</c>.</summary>
    private async Task WriteForeignAsync(params string[] endings)
    {
        using var some = new TemporaryFolder();
        foreach (var ending in endings)
            File.Copy(Path.Combine(_folder.Path, "traffic" + ending), Path.Combine(some.Path, "traffic" + ending));
        await StoredModels.WriteForeignAsync(await stores.ServerAsync(), _bucket, "traffic", some.Path);
    }

    private async Task<(SyncReport Report, ModelSync Sync)> PollAsync(TimeSpan later)
    {
        // Lives as long as the test: the sync is polled again.
        var sync = new ModelSync(new ModelStore(new S3ObjectStore(_bucket), new Later(later)), _local.Path,
            static (folder, name) => ModelFiles.Load(folder, name), static _ => { }, TimeProvider.System, NullLogger<ModelSync>.Instance);
        return (await sync.PollAsync(default), sync);
    }

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
