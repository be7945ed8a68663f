using AiOutliers.Models.Folder;
using AiOutliers.Models.Store;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Models.Tests.Store;

public sealed class ModelSyncTests : IDisposable
{
    private readonly TemporaryFolder _remote = new();
    private readonly TemporaryFolder _local = new();
    private readonly List<string> _announced = [];

    public void Dispose()
    {
        _remote.Dispose();
        _local.Dispose();
    }

    [Fact]
    public async Task Poll_NewAndChangedModels_AreTakenOverAndNothingTwice()
    {
        var sync = Create();
        ModelFolderContent.WriteModel(_remote.Path, "a", "one");
        ModelFolderContent.WriteModel(_remote.Path, "b", "one", sensor: "s");
        (await sync.PollAsync(default)).Swapped.Order().ShouldBe(["a", "b"]);
        (await sync.PollAsync(default)).Swapped.ShouldBeEmpty();

        ModelFolderContent.WriteModel(_remote.Path, "b", "two");
        File.Delete(Path.Combine(_remote.Path, "b_filter.json"));
        (await sync.PollAsync(default)).Swapped.ShouldBe(["b"]);

        ModelFolderContent.MarkOf(_local.Path, "b").ShouldBe("two");
        File.Exists(Path.Combine(_local.Path, "b_filter.json")).ShouldBeFalse("a filter that the new model does not have must not stay");
        _announced.ShouldBe(["a", "b", "b"], ignoreOrder: true);
        (await Create().PollAsync(default)).Swapped.ShouldBeEmpty("what is in the folder already is not fetched again after a restart");
    }

    [Fact]
    public async Task Poll_HundredsOfModels_AreAnnouncedInGrowingBatches()
    {
        for (var i = 0; i < 300; i++)
        {
            File.WriteAllText(Path.Combine(_remote.Path, $"m{i}.keras"), "x");
            File.WriteAllText(Path.Combine(_remote.Path, $"m{i}.ini"), "x");
        }
        var batches = new List<int>();
        var sync = new ModelSync(
            new ModelStore(new FolderObjectStore(_remote.Path), TimeProvider.System), _local.Path, static (_, _) => { },
            names => batches.Add(names.Count), TimeProvider.System, NullLogger<ModelSync>.Instance);

        (await sync.PollAsync(default)).Swapped.Count.ShouldBe(300);

        batches.ShouldBe([64, 128, 108]);
    }

    [Fact]
    public async Task Poll_BadModel_IsRefusedOnceWithItsReasonAndTheOldOneStays()
    {
        var sync = Create();
        ModelFolderContent.WriteModel(_remote.Path, "a", "good");
        ModelFolderContent.WriteModel(_remote.Path, "other", "good");
        await sync.PollAsync(default);

        ModelFolderContent.WriteBroken(_remote.Path, "a");
        ModelFolderContent.WriteModel(_remote.Path, "other", "better");
        (await sync.PollAsync(default)).Swapped.ShouldBe(["other"]);

        sync.Rejected["a"].ShouldContain("neither a Keras archive (zip) nor HDF5");
        ModelFolderContent.MarkOf(_local.Path, "a").ShouldBe("good");
        ModelFiles.Load(_local.Path, "a").Name.ShouldBe("a");

        ModelFolderContent.WriteModel(_remote.Path, "a", "mended");
        (await sync.PollAsync(default)).Swapped.ShouldBe(["a"]);
        sync.Rejected.ShouldBeEmpty();
        ModelFolderContent.MarkOf(_local.Path, "a").ShouldBe("mended");
    }

    [Fact]
    public async Task Poll_OldModelAgainAfterABadOne_IsNoLongerRefused()
    {
        var sync = Create();
        ModelFolderContent.WriteModel(_remote.Path, "a", "good");
        using var kept = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(_remote.Path))
            File.Copy(file, Path.Combine(kept.Path, Path.GetFileName(file)));
        await sync.PollAsync(default);
        ModelFolderContent.WriteBroken(_remote.Path, "a");
        await sync.PollAsync(default);
        sync.Rejected.ShouldContainKey("a");

        foreach (var file in Directory.GetFiles(kept.Path))
            File.Copy(file, Path.Combine(_remote.Path, Path.GetFileName(file)), overwrite: true);
        await sync.PollAsync(default);
        sync.Rejected.ShouldBeEmpty();
    }

    [Fact]
    public async Task Poll_ModelThatBreaksTheReader_IsRefusedAndTheOthersCome()
    {
        ModelFolderContent.WriteModel(_remote.Path, "a");
        ModelFolderContent.WriteModel(_remote.Path, "b");
        var sync = new ModelSync(
            new ModelStore(new FolderObjectStore(_remote.Path), TimeProvider.System), _local.Path, (_, name) => _ = name == "a" ? throw new IndexOutOfRangeException() : name, _announced.AddRange,
            TimeProvider.System, NullLogger<ModelSync>.Instance);
        (await sync.PollAsync(default)).Swapped.ShouldBe(["b"]);
        sync.Rejected["a"].ShouldContain("IndexOutOfRangeException");
    }

    [Fact]
    public async Task Poll_ModelWithoutProfile_IsRefused()
    {
        ModelFolderContent.WriteModel(_remote.Path, "a");
        File.Delete(Path.Combine(_remote.Path, "a.ini"));
        var sync = Create();
        await sync.PollAsync(default);
        sync.Rejected["a"].ShouldContain("needs both a.keras and a.ini");
    }

    [Fact]
    public async Task Poll_ModelIsGone_IsRemovedButNotWhenTheStoreIsEmpty()
    {
        var sync = Create();
        ModelFolderContent.WriteModel(_remote.Path, "a");
        ModelFolderContent.WriteModel(_remote.Path, "b");
        ModelFolderContent.WriteModel(_local.Path, "own");
        await sync.PollAsync(default);

        File.Delete(Path.Combine(_remote.Path, "a.keras"));
        File.Delete(Path.Combine(_remote.Path, "a.ini"));
        (await sync.PollAsync(default)).Removed.ShouldBe(["a"]);
        ModelFiles.Names(_local.Path).ShouldBe(["b", "own"]);

        foreach (var file in Directory.GetFiles(_remote.Path))
            File.Delete(file);
        (await sync.PollAsync(default)).Removed.ShouldBeEmpty();
        ModelFiles.Names(_local.Path).ShouldBe(["b", "own"]);
    }

    [Fact]
    public async Task Poll_CrashBetweenTwoSteps_IsFinishedAndHalfADownloadGoes()
    {
        ModelFolderContent.WriteModel(_remote.Path, "other");
        ModelFolderContent.WriteModel(_local.Path, "a", "old", sensor: "s");
        var place = Path.Combine(_local.Path, ".a.saved");
        ModelFolderContent.WriteModel(place, "a", "new");
        File.WriteAllText(Path.Combine(place, "a_filter.json.gone"), "");
        File.Move(Path.Combine(place, "a.keras"), Path.Combine(_local.Path, "a.keras"), overwrite: true);
        var half = Path.Combine(_local.Path, ".incoming", "y");
        ModelFolderContent.WriteBroken(half, "b");

        await Create().PollAsync(default);

        ModelFolderContent.MarkOf(_local.Path, "a").ShouldBe("new");
        File.Exists(Path.Combine(_local.Path, "a_filter.json")).ShouldBeFalse("the new model has no filter");
        ModelFiles.Names(_local.Path).ShouldBe(["a", "other"]);
        Directory.Exists(place).ShouldBeFalse();
        Directory.Exists(half).ShouldBeFalse();
    }

    [Fact]
    public async Task Poll_OneObjectThatCannotBeFetched_ComesLaterAndTheOthersNow()
    {
        foreach (var name in new[] { "a", "b", "c" })
            ModelFolderContent.WriteModel(_remote.Path, name);
        var objects = new FailingObjects(_remote.Path) { Failing = "b" };
        var sync = Create(objects);

        var report = await sync.PollAsync(default);
        report.Swapped.Order().ShouldBe(["a", "c"]);
        report.Failure.ShouldBe("the model 'b' could not be fetched: FormatException: not hexadecimal");

        objects.Failing = "";
        report = await sync.PollAsync(default);
        report.Swapped.ShouldBe(["b"]);
        report.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Poll_EveryFetchFails_IsGivenUpBeforeAllWereTried()
    {
        for (var i = 0; i < 60; i++)
            ModelFolderContent.WriteModel(_remote.Path, $"m{i}");
        var objects = new FailingObjects(_remote.Path) { Failing = "m" };

        var report = await Create(objects).PollAsync(default);

        objects.Failed.ShouldBeInRange(16, 24);
        report.Failure!.ShouldContain("could not be fetched");
        report.Models.ShouldBe(60);
    }

    [Fact]
    public async Task Poll_ListingThatBreaksTheClient_IsAFailureThatEverybodySees()
    {
        var objects = new FailingObjects(_remote.Path) { Failing = "rbaioutliers" };
        var report = await Create(objects).PollAsync(default);
        report.Failure.ShouldBe("FormatException: not hexadecimal");
    }

    private ModelSync Create(IObjectStore? objects = null) => new(
        new ModelStore(objects ?? new FolderObjectStore(_remote.Path), TimeProvider.System), _local.Path, (folder, name) => ModelFiles.Load(folder, name),
        _announced.AddRange, TimeProvider.System, NullLogger<ModelSync>.Instance);
}
