using AiOutliers.Models.Folder;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests.Folder;

public sealed class ModelCatalogueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _filtersRead;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scan_Folder_ListsWhatHasANetworkAndAUsableName()
    {
        foreach (var name in new[] { "b", "a", "a:b", ".hidden" })
            ModelFolderContent.WriteModel(_folder.Path, name);
        File.WriteAllText(Path.Combine(_folder.Path, "alone.ini"), "");
        File.WriteAllText(Path.Combine(_folder.Path, "readme.txt"), "");

        var catalogue = Scan();

        catalogue.Names.ShouldBe(["a", "b"]);
        catalogue.Find("a").ShouldNotBeNull();
        catalogue.Find("alone").ShouldBeNull();
        catalogue.Names.ShouldBe(ModelFiles.Names(_folder.Path));
    }

    [Fact]
    public void Scan_NoFolder_IsEmpty() => ModelCatalogue.Scan(Path.Combine(_folder.Path, "none"), static _ => null).Names.ShouldBeEmpty();

    [Fact]
    public void Scan_ReplacementThatCannotBeFinished_ListsTheNewModel()
    {
        ModelFolderContent.WriteModel(_folder.Path, "a", sensor: "s");
        ModelFolderContent.WriteModel(Path.Combine(_folder.Path, ".a.saved"), "a", "new");
        File.WriteAllText(Path.Combine(_folder.Path, ".a.saved", "a_filter.json.gone"), "");

        var signature = Scan().Find("a")!.Value;

        signature.ShouldBe(ModelSignature.Of(_folder.Path, "a"));
        signature.Filter.ShouldBe(0, "the new model has no filter");
    }

    [Fact]
    public void IsStale_FileComes_IsTrue()
    {
        var catalogue = Scan();
        catalogue.IsStale.ShouldBeFalse();
        Directory.SetLastWriteTimeUtc(_folder.Path, DateTime.UnixEpoch);
        catalogue.IsStale.ShouldBeTrue();
    }

    [Fact]
    public void ModelOfSensor_SeveralModels_IsTheFirstByName()
    {
        ModelFolderContent.WriteModel(_folder.Path, "b", sensor: "s");
        ModelFolderContent.WriteModel(_folder.Path, "a", sensor: "s");
        Scan().ModelOfSensor("s").ShouldBe("a");
        Scan().ModelOfSensor("other").ShouldBeNull();
    }

    [Fact]
    public void ModelOfSensor_FilesThatDidNotChange_AreNotReadAgain()
    {
        ModelFolderContent.WriteModel(_folder.Path, "a", sensor: "s");
        ModelFolderContent.WriteModel(_folder.Path, "b", sensor: "t");
        var first = Scan();
        first.ModelOfSensor("s").ShouldBe("a");
        _filtersRead.ShouldBe(2);

        ModelFolderContent.WriteModel(_folder.Path, "b", sensor: "another");
        var second = ModelCatalogue.Scan(_folder.Path, SensorOf, first);
        second.ModelOfSensor("another").ShouldBe("b");
        second.ModelOfSensor("s").ShouldBe("a");
        _filtersRead.ShouldBe(3);
    }

    [Fact]
    public void ModelOfSensor_CatalogueBetweenThatNobodyAsked_PassesOnWhatWasRead()
    {
        ModelFolderContent.WriteModel(_folder.Path, "a", sensor: "s");
        var first = Scan();
        first.ModelOfSensor("s").ShouldBe("a");

        var third = ModelCatalogue.Scan(_folder.Path, SensorOf, ModelCatalogue.Scan(_folder.Path, SensorOf, first));

        third.ModelOfSensor("s").ShouldBe("a");
        _filtersRead.ShouldBe(1);
    }

    private ModelCatalogue Scan() => ModelCatalogue.Scan(_folder.Path, SensorOf);

    private string? SensorOf(string filter)
    {
        _filtersRead++;
        return filter.Split('"')[^2];
    }
}
