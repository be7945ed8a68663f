using AiOutliers.Detection;
using AiOutliers.Models.Folder;
using AiOutliers.Models.Keras;
using AiOutliers.Models.Tests.Keras;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests.Folder;

public sealed class ModelSaverTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(KerasLayout.Keras2)]
    [InlineData(KerasLayout.Keras3)]
    public void Save_NewModel_IsLoadedAsItWas(KerasLayout layout)
    {
        var model = Draft(seed: 1) with { NewLayout = layout, Filter = """{"type":"selector"}""", Training = new(Noon, 500) };

        ModelSaver.Save(_folder.Path, "mine", model, Noon);

        ModelFiles.Names(_folder.Path).ShouldBe(["mine"]);
        var loaded = ModelFiles.Load(_folder.Path, "mine");
        SameWeights(loaded, model);
        loaded.Filter.ShouldBe(model.Filter);
        loaded.Training.ShouldBe(model.Training);
        KerasFile.LayoutOf(Bytes("mine.keras")).ShouldBe(layout);
        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).ShouldBe(["mine.ini", "mine.keras", "mine_filter.json"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("k3_traffic_float32", KerasLayout.Keras3)]
    [InlineData("k2_traffic_trained", KerasLayout.Keras2)]
    public void Save_ModelThatExists_KeepsItsLayoutConfigurationAndFilter(string golden, KerasLayout layout)
    {
        Place(golden + ".keras", "mine.keras");
        Place("k2_traffic_trained.ini", "mine.ini");
        File.WriteAllText(At("mine_filter.json"), "{}");
        var before = ModelFiles.Load(_folder.Path, "mine");
        Networks.Fill(before.Autoencoder.Network, seed: 2);
        var model = new ModelToSave { Network = before.Autoencoder.Network, Profile = before.Autoencoder.Profile, NewLayout = KerasLayout.Keras2 };

        ModelSaver.Save(_folder.Path, "mine", model, Noon);

        SameWeights(ModelFiles.Load(_folder.Path, "mine"), model);
        KerasFile.LayoutOf(Bytes("mine.keras")).ShouldBe(layout);
        Archive.Entry(Bytes("mine.keras"), "config.json").ShouldBe(Archive.Entry(File.ReadAllBytes(Golden.Path($"keras/{golden}.keras")), "config.json"));
        File.ReadAllText(At("mine_filter.json")).ShouldBe("{}");
    }

    [Fact]
    public void Save_CannotBeWritten_LeavesTheOldModelWhole()
    {
        ModelSaver.Save(_folder.Path, "mine", Draft(seed: 1), Noon);
        var before = Contents();
        // What stands in the way of the new folder cannot be removed as one.
        File.WriteAllText(At(".mine.saving"), "");

        Should.Throw<IOException>(() => ModelSaver.Save(_folder.Path, "mine", Draft(seed: 2), Noon));

        File.Delete(At(".mine.saving"));
        Contents().ShouldBe(before);
    }

    [Fact]
    public void Load_CrashWhileWriting_GivesTheOldModel()
    {
        ModelSaver.Save(_folder.Path, "mine", Draft(seed: 1), Noon);
        Directory.CreateDirectory(At(".mine.saving"));
        File.WriteAllBytes(Path.Combine(At(".mine.saving"), "mine.keras"), [1, 2, 3]);

        SameWeights(ModelFiles.Load(_folder.Path, "mine"), Draft(seed: 1));
        ModelSaver.Save(_folder.Path, "mine", Draft(seed: 3), Noon);
        SameWeights(ModelFiles.Load(_folder.Path, "mine"), Draft(seed: 3));
        Directory.Exists(At(".mine.saving")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Load_CrashWhileMoving_GivesTheNewModel(int moved)
    {
        ModelSaver.Save(_folder.Path, "mine", Draft(seed: 1), Noon);
        using var other = new TemporaryFolder();
        ModelSaver.Save(other.Path, "mine", Draft(seed: 2) with { Training = new(Noon, 7) }, Noon);
        Directory.CreateDirectory(At(".mine.saved"));
        foreach (var file in Directory.GetFiles(other.Path).Order(StringComparer.Ordinal).Select((path, i) => (Path: path, Moved: i < moved)))
            File.Copy(file.Path, Path.Combine(file.Moved ? _folder.Path : At(".mine.saved"), Path.GetFileName(file.Path)), overwrite: true);

        var loaded = ModelFiles.Load(_folder.Path, "mine");

        SameWeights(loaded, Draft(seed: 2));
        loaded.Training!.Rows.ShouldBe(7);
        ModelSaver.Save(_folder.Path, "mine", Draft(seed: 4), Noon);
        SameWeights(ModelFiles.Load(_folder.Path, "mine"), Draft(seed: 4));
        Directory.Exists(At(".mine.saved")).ShouldBeFalse();
    }

    [Fact]
    public void Names_CrashBeforeTheFirstFileMoved_ListsTheModel()
    {
        using var other = new TemporaryFolder();
        ModelSaver.Save(other.Path, "mine", Draft(seed: 2), Noon);
        Directory.Move(other.Path, At(".mine.saved"));
        Directory.CreateDirectory(other.Path);

        ModelFiles.Names(_folder.Path).ShouldBe(["mine"]);
        SameWeights(ModelFiles.Load(_folder.Path, "mine"), Draft(seed: 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../mine")]
    [InlineData(".mine")]
    [InlineData("a\\b")]
    public void Save_NameThatIsNoFileName_IsRefused(string name) =>
        Should.Throw<AiOutliersException>(() => ModelSaver.Save(_folder.Path, name, Draft(seed: 1), Noon)).Kind.ShouldBe(ErrorKind.BadInput);

    [Fact]
    public void Convert_ModelThatExists_ReplacesTheArchiveOnly()
    {
        Place("k2_traffic_trained.keras", "mine.keras");
        Place("k2_traffic_trained.ini", "mine.ini");
        var before = ModelFiles.Load(_folder.Path, "mine").Autoencoder;
        var profile = Bytes("mine.ini");

        ModelSaver.Convert(_folder.Path, "mine", KerasLayout.Keras3, Noon).ShouldBe(KerasLayout.Keras2);

        KerasFile.LayoutOf(Bytes("mine.keras")).ShouldBe(KerasLayout.Keras3);
        Bytes("mine.ini").ShouldBe(profile);
        SameWeights(ModelFiles.Load(_folder.Path, "mine"), new() { Network = before.Network, Profile = before.Profile });
    }

    private static ModelToSave Draft(int seed) => new()
    {
        Network = Networks.Traffic(seed),
        Profile = ProfileFile.Read(new MemoryStream(File.ReadAllBytes(Golden.Path("keras/k2_traffic_trained.ini")))),
    };

    private static void SameWeights(Model actual, ModelToSave expected)
    {
        var weights = Networks.Parameters(expected.Network).ToLookup(static pair => pair.Layer, static pair => pair.Parameter);
        var found = 0;
        foreach (var group in Networks.Parameters(actual.Autoencoder.Network).ToLookup(static pair => pair.Layer, static pair => pair.Parameter))
        {
            foreach (var (parameter, other) in group.Zip(weights[group.Key]))
            {
                parameter.Values.AsSpan().SequenceEqual(other.Values).ShouldBeTrue($"{group.Key}: {parameter.Name}");
                found++;
            }
        }
        found.ShouldBe(Networks.Parameters(expected.Network).Count());
    }

    private void Place(string golden, string file) => File.Copy(Golden.Path($"keras/{golden}"), At(file));

    private Dictionary<string, string> Contents() => Directory.GetFiles(_folder.Path)
        .Where(static path => !Path.GetFileName(path).StartsWith('.')).ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)));

    private byte[] Bytes(string file) => File.ReadAllBytes(At(file));

    private string At(string file) => Path.Combine(_folder.Path, file);
}
