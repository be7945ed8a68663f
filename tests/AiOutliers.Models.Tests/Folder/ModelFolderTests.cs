using AiOutliers.Detection;
using AiOutliers.Models.Folder;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Models.Tests.Folder;

public sealed class ModelFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_Model_IsLoadedOnceAndReplacedByTheNextLook()
    {
        Write("a", "one");
        var models = Open();
        models.Names.ShouldBe(["a"]);
        models.Loaded.ShouldBe(0);
        var first = models.Find("a").ShouldNotBeNull();
        models.Find("a").ShouldBeSameAs(first);

        Write("a", "two, and longer");
        models.Refresh();

        models.Find("a").ShouldNotBeSameAs(first);
        models.Loaded.ShouldBe(1);
    }

    [Fact]
    public void Find_ModelThatHasJustComeIn_IsSeen()
    {
        var models = Open();
        models.Find("late").ShouldBeNull();
        Write("late");
        models.Find("late").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a.keras")]
    [InlineData("")]
    [InlineData("A")]
    public void Find_OtherName_IsNull(string name)
    {
        Write("a");
        Open().Find(name).ShouldBeNull();
    }

    [Fact]
    public void Find_NewFilesThatCannotBeUsed_LeaveTheModelInUse()
    {
        Write("a");
        var models = Open();
        var good = models.Find("a");

        ModelFolderContent.WriteBroken(_folder.Path, "a");
        models.Refresh();

        models.Find("a").ShouldBeSameAs(good);
        models.Unusable["a"].ShouldEndWith("; the one before it stays in use");
        Write("a", "mended");
        models.Refresh();
        models.Find("a").ShouldNotBeSameAs(good);
        models.Unusable.ShouldBeEmpty();
    }

    [Fact]
    public void Find_ModelThatCannotBeLoaded_IsNotReadAgainUntilItsFilesChange()
    {
        ModelFolderContent.WriteBroken(_folder.Path, "a");
        var models = Open();
        var first = Should.Throw<AiOutliersException>(() => models.Find("a"));
        // The same length and time: nothing says that these are other files, so nobody reads them.
        var (network, time) = (Path.Combine(_folder.Path, "a.keras"), File.GetLastWriteTimeUtc(Path.Combine(_folder.Path, "a.keras")));
        File.WriteAllBytes(network, new byte[new FileInfo(network).Length]);
        File.SetLastWriteTimeUtc(network, time);

        var second = Should.Throw<AiOutliersException>(() => models.Find("a"));
        second.Message.ShouldBe(first.Message);
        second.InnerException.ShouldBeNull("neither read again, nor the last of a chain that grows with each request");
        models.Unusable["a"].ShouldBe(first.Message);

        Write("a");
        models.Find("a").ShouldNotBeNull();
        models.Unusable.ShouldBeEmpty();
    }

    [Fact]
    public void Find_MoreThanMayBeLoaded_LetsTheLeastRecentlyUsedGo()
    {
        foreach (var name in new[] { "a", "b", "c" })
            Write(name);
        var models = Open(maxLoaded: 2);
        var (a, b) = (models.Find("a"), models.Find("b"));
        models.Find("a");
        models.Find("c");

        models.Loaded.ShouldBe(2);
        models.Find("a").ShouldBeSameAs(a);
        models.Find("b").ShouldNotBeSameAs(b);
    }

    [Fact]
    public void FindForSensor_Filter_NamesTheModel()
    {
        ModelFolderContent.WriteModel(_folder.Path, "a", sensor: "one");
        ModelFolderContent.WriteModel(_folder.Path, "b", sensor: "two");
        // One whose filter cannot be read must not hide the others.
        ModelFolderContent.WriteModel(_folder.Path, "aa");
        File.WriteAllBytes(Path.Combine(_folder.Path, "aa_filter.json"), new byte[(1 << 20) + 1]);
        var models = Open();

        models.FindForSensor("two")!.Name.ShouldBe("b");
        models.FindForSensor("three").ShouldBeNull();
    }

    [Fact]
    public void Open_CrashBetweenTheStepsOfAReplacement_IsFinished()
    {
        ModelFolderContent.WriteModel(Path.Combine(_folder.Path, ".late.saved"), "late");

        var models = Open();

        models.Names.ShouldBe(["late"]);
        models.Find("late").ShouldNotBeNull();
        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).ShouldBe(["late.ini", "late.keras"], ignoreOrder: true);
    }

    [Fact]
    public void Refresh_ModelIsGone_IsForgotten()
    {
        Write("a");
        ModelFolderContent.WriteBroken(_folder.Path, "b");
        var models = Open();
        models.Find("a");
        Should.Throw<AiOutliersException>(() => models.Find("b"));

        foreach (var file in Directory.GetFiles(_folder.Path))
            File.Delete(file);
        models.Refresh();

        models.Names.ShouldBeEmpty();
        models.Loaded.ShouldBe(0);
        models.Unusable.ShouldBeEmpty();
    }

    private ModelFolder Open(int maxLoaded = 8) =>
        new(_folder.Path, maxLoaded, static filter => filter.Split('"')[^2], NullLogger<ModelFolder>.Instance);

    private void Write(string name, string mark = "") => ModelFolderContent.WriteModel(_folder.Path, name, mark);
}
