using System.Diagnostics;
using AiOutliers.Detection;
using AiOutliers.Models.Folder;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests.Folder;

public sealed class BoundedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "a.keras");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void Read_RegularFile_IsItsContent(int length)
    {
        File.WriteAllBytes(Target, [.. Enumerable.Range(0, length).Select(i => (byte)i)]);
        BoundedFile.Read(Target, 100).ShouldBe(File.ReadAllBytes(Target));
    }

    [Fact]
    public void Read_MoreThanAllowed_IsRefused()
    {
        File.WriteAllBytes(Target, new byte[101]);
        Should.Throw<AiOutliersException>(() => BoundedFile.Read(Target, 100)).Message.ShouldContain("101 bytes; at most 100");
    }

    [Fact]
    public void Read_SymbolicLink_IsTheContentThatItLeadsTo()
    {
        File.WriteAllBytes(Target + ".real", new byte[90]);
        File.CreateSymbolicLink(Target, Target + ".real");
        BoundedFile.Read(Target, 100).Length.ShouldBe(90);
    }

    [Fact]
    public void Read_EndlessDevice_IsNotRead()
    {
        File.CreateSymbolicLink(Target, "/dev/zero");
        BoundedFile.Read(Target, 100).ShouldBeEmpty();
    }

    [Fact]
    public async Task Load_PipesInPlaceOfFiles_IsRefusedAtOnce()
    {
        foreach (var ending in ModelFileNames.Endings)
        {
            using var made = Process.Start("mkfifo", [Path.Combine(_folder.Path, "a" + ending)]);
            await made.WaitForExitAsync();
        }
        var load = Task.Run(() => Should.Throw<AiOutliersException>(() => ModelFiles.Load(_folder.Path, "a")));
        (await load.WaitAsync(TimeSpan.FromSeconds(10))).Message.ShouldContain("not a regular file");
    }
}
