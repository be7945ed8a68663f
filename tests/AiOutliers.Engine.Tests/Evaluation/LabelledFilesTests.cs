using AiOutliers.Detection;
using AiOutliers.Engine.Evaluation;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Engine.Tests.Evaluation;

public sealed class LabelledFilesTests
{
    [Fact]
    public void Find_Folder_FindsAllLayoutsInOrderOfName()
    {
        var (files, leftOut) = LabelledFiles.Find([Golden.Path("series")]);

        files.Select(file => (file.Name, file.Group, file.Layout)).ShouldBe(
        [
            ("artificialCalm/calm", "artificialCalm", SeriesLayout.Nab),
            ("own/office", "own", SeriesLayout.Own),
            ("realInvented/requests", "realInvented", SeriesLayout.Nab),
            ("tsb-ad/001_invented", "tsb-ad", SeriesLayout.TsbAd),
        ]);
        leftOut.ShouldBeEmpty();
    }

    [Fact]
    public void Find_FolderAndAFileInIt_FindsTheFileOnce() =>
        LabelledFiles.Find([Golden.Path("series/own"), Golden.Path("series/own/office.csv")]).Files.Count.ShouldBe(1);

    [Fact]
    public void Find_FolderWithOtherCsv_LeavesItOut()
    {
        using var folder = new TemporaryFolder();
        var other = Write(folder, "table.csv", "method,figure\na,1\n");
        Write(folder, "series.csv", "timestamp,value,label\n2024-01-01,1,0\n");

        var (files, leftOut) = LabelledFiles.Find([folder.Path]);

        files.Count.ShouldBe(1);
        leftOut.ShouldBe([other]);
    }

    [Theory]
    [InlineData("", "its header is ''")]
    [InlineData("method,figure\na,1\n", "its header is 'method,figure'")]
    [InlineData("timestamp,value\n2024-01-01,1\n", "no column 'label'")]
    [InlineData("timestamp,bytes,pkts,label\n2024-01-01,1,2,0\n", "several columns of values")]
    [InlineData("A,B,Label\n1,2,0\n", "several columns of values")]
    public void Find_NamedFileWithoutLabels_SaysWhy(string content, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "x.csv", content);
        var error = Should.Throw<AiOutliersException>(() => LabelledFiles.Find([path]));
        error.Kind.ShouldBe(ErrorKind.BadInput);
        error.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("{\"x\":")]
    [InlineData("[]")]
    [InlineData("{\"data/x.csv\": [[\"2024-01-01\"]]}")]
    [InlineData("{\"data/x.csv\": [[\"yesterday\", \"today\"]]}")]
    public void Find_DamagedListOfWindows_NamesIt(string windows)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "data"));
        Write(folder, "data/x.csv", "timestamp,value\n2024-01-01,1\n");
        Write(folder, "combined_windows.json", windows);
        Should.Throw<AiOutliersException>(() => LabelledFiles.Find([folder.Path])).Message.ShouldContain("combined_windows.json");
    }

    [Fact]
    public void Find_NabsOwnRepository_FindsTheWindowsInTheirFolder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "data", "real"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "labels"));
        Write(folder, "data/real/x.csv", "timestamp,value\n2024-01-01,1\n");
        Write(folder, "labels/combined_windows.json", """{"real/x.csv": [["2024-01-01 00:00:00.000000", "2024-01-02 00:00:00.000000"]]}""");
        LabelledFiles.Find([folder.Path]).Files.ShouldHaveSingleItem().Windows.Count.ShouldBe(1);
    }

    [Fact]
    public void Find_NothingThere_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<AiOutliersException>(() => LabelledFiles.Find([folder.Path])).Message.ShouldContain("labelled series were not found");
        Should.Throw<AiOutliersException>(() => LabelledFiles.Find([folder.Path + "/none"])).Message.ShouldContain("is neither a file nor a folder");
    }

    private static string Write(TemporaryFolder folder, string name, string content)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, content);
        return path;
    }
}
