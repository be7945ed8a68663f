using AiOutliers.Models.Folder;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests.Folder;

public sealed class FileSwapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, new[] { "a.ini", "a.keras", "b.keras" })]
    [InlineData(false, new[] { "a.ini", "a.keras", "a_filter.json", "b.keras" })]
    public void Replace_FileThatTheNewModelDoesNotHave_StaysUnlessTheModelIsWhole(bool whole, string[] expected)
    {
        Write("a.keras", "a.ini", "a_filter.json", "b.keras");

        FileSwap.Replace(_folder.Path, "a", whole, static saving =>
        {
            File.WriteAllText(Path.Combine(saving, "a.keras"), "new");
            File.WriteAllText(Path.Combine(saving, "a.ini"), "new");
        });

        Entries().ShouldBe(expected);
        File.ReadAllText(At("a.keras")).ShouldBe("new");
    }

    [Fact]
    public void Replace_WritingFails_LeavesTheOldFiles()
    {
        Write("a.keras", "a.ini");

        Should.Throw<IOException>(() => FileSwap.Replace(_folder.Path, "a", whole: true, static saving =>
        {
            File.WriteAllText(Path.Combine(saving, "a.keras"), "new");
            throw new IOException("disk full");
        }));

        Entries().ShouldBe(["a.ini", "a.keras"]);
        File.ReadAllText(At("a.keras")).ShouldBe("a.keras");
    }

    [Fact]
    public void PathOf_FileThatGoesWithTheReplacement_IsNowhere()
    {
        Write("a.keras", "a_filter.json");
        Directory.CreateDirectory(At(".a.saved"));
        File.WriteAllText(At(".a.saved/a_filter.json.gone"), "");

        File.Exists(FileSwap.PathOf(_folder.Path, "a", "a_filter.json")).ShouldBeFalse();
        File.Exists(FileSwap.PathOf(_folder.Path, "a", "a.keras")).ShouldBeTrue();

        FileSwap.FinishAll(_folder.Path);
        Entries().ShouldBe(["a.keras"]);
    }

    [Fact]
    public void FinishAll_WhatCannotBeMoved_StaysAndReadersSeeIt()
    {
        Directory.CreateDirectory(At(".a.saved"));
        File.WriteAllText(At(".a.saved/a.keras"), "new");
        // Stands in the way of the file.
        Directory.CreateDirectory(At("a.keras"));
        File.WriteAllText(At("a.keras/x"), "");

        FileSwap.FinishAll(_folder.Path);

        ModelFiles.Names(_folder.Path).ShouldBe(["a"]);
        File.ReadAllText(FileSwap.PathOf(_folder.Path, "a", "a.keras")).ShouldBe("new");
        FileSwap.FinishAll(At("none"));
    }

    [Fact]
    public async Task FinishAll_ManyAtOnce_FinishEachReplacementOnce()
    {
        for (var round = 0; round < 50; round++)
        {
            var saved = Directory.CreateDirectory(At(".a.saved")).FullName;
            foreach (var file in new[] { "a.keras", "a.ini", "a_filter.json" })
                File.WriteAllText(Path.Combine(saved, file), $"{round}");
            await Parallel.ForAsync(0, 4, (_, _) =>
            {
                FileSwap.FinishAll(_folder.Path);
                return ValueTask.CompletedTask;
            });
            Entries().ShouldBe(["a.ini", "a.keras", "a_filter.json"]);
            File.ReadAllText(At("a.ini")).ShouldBe($"{round}");
        }
    }

    private void Write(params IEnumerable<string> files)
    {
        foreach (var file in files)
            File.WriteAllText(At(file), file);
    }

    private IEnumerable<string> Entries() => Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private string At(string file) => Path.Combine(_folder.Path, file);
}
