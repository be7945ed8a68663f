using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using AiOutliers.Service.Hosting;

namespace AiOutliers.Service.Tests.Hosting;

public sealed class FilePagesTests : IDisposable
{
    private delegate int Version();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void GiveBack_ALibraryThatWasThereBefore_LeavesOnlyWhatTheLoaderWrote()
    {
        var copy = Copy(NativeFile());
        var library = NativeLibrary.Load(copy);
        new AssemblyLoadContext("beside").LoadFromAssemblyPath(Copy(Path.Combine(AppContext.BaseDirectory, "Scalar.AspNetCore.dll")));
        var pages = new FilePages();

        pages.GiveBack();
        var atFirst = Kilobytes(copy);
        pages.GiveBack();

        atFirst["r--p"].ShouldBeGreaterThan(0);
        var then = Kilobytes(copy);
        then["r-xp"].ShouldBe(0);
        then["r--p"].ShouldBeLessThan(atFirst["r--p"]);
        then["rw-p"].ShouldBe(atFirst["rw-p"]);
        Marshal.GetDelegateForFunctionPointer<Version>(NativeLibrary.GetExport(library, "sqlite3_libversion_number"))()
            .ShouldBeGreaterThan(3_000_000);
    }

    // Such a library may be unloaded at any time, and other memory lie where it was.
    [Fact]
    public void GiveBack_ALibraryWithoutAnAssemblyThatStaysBeside_Stays()
    {
        var copy = Copy(NativeFile());
        _ = NativeLibrary.Load(copy);
        new AssemblyLoadContext("goes", isCollectible: true)
            .LoadFromAssemblyPath(Copy(Path.Combine(AppContext.BaseDirectory, "Scalar.AspNetCore.dll")));
        var pages = new FilePages();
        var before = Kilobytes(copy);

        pages.GiveBack();
        pages.GiveBack();

        Kilobytes(copy)["r--p"].ShouldBe(before["r--p"]);
    }

    [Fact]
    public void GiveBack_MetadataOfAnAssembly_ComesAgainWhenItIsRead()
    {
        var copy = Copy(Path.Combine(AppContext.BaseDirectory, "Scalar.AspNetCore.dll"));
        var assembly = new AssemblyLoadContext("stays").LoadFromAssemblyPath(copy);
        var before = Kilobytes(copy)["r--s"];

        new FilePages().GiveBack();

        before.ShouldBeGreaterThan(0);
        Kilobytes(copy)["r--s"].ShouldBe(0);
        assembly.GetExportedTypes().ShouldNotBeEmpty();
        Kilobytes(copy)["r--s"].ShouldBeGreaterThan(0);
    }

    // Whoever maps a file for a moment takes the mapping away again, and other memory may lie there.
    [Fact]
    public void GiveBack_AFileThatSomebodyReads_Stays()
    {
        var copy = Copy(Path.Combine(AppContext.BaseDirectory, "Scalar.AspNetCore.dll"));
        using var file = MemoryMappedFile.CreateFromFile(copy, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        using var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _ = view.ReadByte(0);
        var before = Kilobytes(copy)["r--s"];

        new FilePages().GiveBack();

        before.ShouldBeGreaterThan(0);
        Kilobytes(copy)["r--s"].ShouldBe(before);
    }

    private static string NativeFile() => Directory.GetFiles(AppContext.BaseDirectory, "libe_sqlite3.so", SearchOption.AllDirectories)
        .First(static path => path.Contains($"linux-{RuntimeInformation.OSArchitecture}", StringComparison.OrdinalIgnoreCase));

    private string Copy(string file)
    {
        var copy = Path.Combine(_folder.FullName, Path.GetFileName(file));
        File.Copy(file, copy);
        return copy;
    }

    /// <returns>How much of the file is in memory, by the rights of its mappings.</returns>
    private static Dictionary<string, long> Kilobytes(string file)
    {
        var resident = new Dictionary<string, long>(StringComparer.Ordinal);
        var rights = "";
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            if (!char.IsAsciiLetterUpper(line[0]))
                rights = line.EndsWith(file, StringComparison.Ordinal) ? line.Split(' ')[1] : "";
            else if (rights.Length > 0 && line.StartsWith("Rss:", StringComparison.Ordinal))
                resident[rights] = resident.GetValueOrDefault(rights) + long.Parse(line.Split(' ')[^2], CultureInfo.InvariantCulture);
        }
        return resident;
    }
}
