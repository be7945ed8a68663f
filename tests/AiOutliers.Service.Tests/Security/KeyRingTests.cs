using System.Runtime.Versioning;
using AiOutliers.Detection;
using AiOutliers.Service.Security;
using AiOutliers.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiOutliers.Service.Tests.Security;

[UnsupportedOSPlatform("windows")]
public sealed class KeyRingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "keys");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_KeysOfAFile_KnowsThemAndNoOther()
    {
        KeysFile.Write(File, [new("a", Role.Viewer, AccessKey.HashOf("one")), new("b", Role.Admin, AccessKey.HashOf("two"))]);
        var ring = Open();

        ring.Find("two").ShouldBe(new AccessKey("b", Role.Admin, AccessKey.HashOf("two")));
        ring.Find("three").ShouldBeNull();
        ring.Named("a")!.Role.ShouldBe(Role.Viewer);
        ring.IsEmpty.ShouldBeFalse();
    }

    [Fact]
    public void Find_AfterTheFileChanged_KnowsTheNewKeysOnly()
    {
        KeysFile.Write(File, [new("a", Role.Viewer, AccessKey.HashOf("one"))]);
        var ring = Open();
        KeysFile.Write(File, [new("b", Role.Viewer, AccessKey.HashOf("two")), new("c", Role.Viewer, AccessKey.HashOf("three"))]);

        ring.Find("one").ShouldBeNull();
        ring.Find("two").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("broken")]
    [InlineData("gone")]
    [InlineData("readable")]
    public void Find_AfterTheFileBecameUnusable_KeepsTheKeys(string how)
    {
        KeysFile.Write(File, [new("a", Role.Viewer, AccessKey.HashOf("one"))]);
        var ring = Open();
        if (how == "gone")
            System.IO.File.Delete(File);
        else if (how == "readable")
            System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        else
            System.IO.File.AppendAllText(File, "a broken line\n");

        ring.Find("one").ShouldNotBeNull();
    }

    [Fact]
    public void Open_WithoutAFile_IsEmpty() => new KeyRing(null, NullLogger<KeyRing>.Instance).IsEmpty.ShouldBeTrue();

    [Fact]
    public void Open_MissingFile_SaysHowToMakeIt() =>
        Should.Throw<AiOutliersException>(Open).Message.ShouldContain("does not exist; `rb-aioutliers keys add NAME ROLE` creates it");

    [Fact]
    public void Open_FileThatOthersMayRead_IsRefused()
    {
        KeysFile.Write(File, []);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Should.Throw<AiOutliersException>(Open).Message.ShouldContain("may be read or changed by others; run chmod 640 on it");
    }

    [Fact]
    public void Open_BrokenLine_NamesItsNumberAndNotItsText()
    {
        KeysFile.Write(File, [new("a", Role.Viewer, AccessKey.HashOf("one"))]);
        System.IO.File.AppendAllText(File, "\n# a comment\nb operator my-key-in-plain-text\n");

        var message = Should.Throw<AiOutliersException>(Open).Message;
        message.ShouldContain("line 5 of");
        message.ShouldNotContain("my-key");
    }

    [Fact]
    public void Open_OneNameTwice_IsRefused()
    {
        KeysFile.Write(File, [new("a", Role.Viewer, AccessKey.HashOf("one")), new("a", Role.Admin, AccessKey.HashOf("two"))]);
        Should.Throw<AiOutliersException>(Open).Message.ShouldContain("names a for the second time");
    }

    [Fact]
    public void Write_NewFile_IsForItsOwnerOnly()
    {
        KeysFile.Write(File, []);
        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Write_FileThatExists_KeepsItsMode()
    {
        KeysFile.Write(File, [new("a", Role.Viewer, AccessKey.HashOf("one"))]);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        KeysFile.Write(File, []);

        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        KeysFile.Read(File).ShouldBeEmpty();
    }

    private KeyRing Open() => new(File, NullLogger<KeyRing>.Instance);
}
