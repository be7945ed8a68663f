using System.Text;
using System.Text.RegularExpressions;

namespace AiOutliers.Packages.Tests.Rpm;

/// <summary>Rocky Linux 9 has glibc 2.34 and libstdc++ of GCC 11 (GLIBCXX 3.4.29, CXXABI 1.3.13): nothing in the package may ask for more.</summary>
public sealed partial class NativeLibraryTests(RpmFixture rpm)
{
    private static readonly Dictionary<string, Version> Newest = new()
    {
        ["GLIBC"] = new(2, 34),
        ["GLIBCXX"] = new(3, 4, 29),
        ["CXXABI"] = new(1, 3, 13),
    };

    [Fact]
    public void Versions_OfEveryNativeFile_AreOnRockyLinux9()
    {
        var natives = Directory.EnumerateFiles(rpm.Root, "*", SearchOption.AllDirectories).Where(IsNative).ToList();

        natives.Select(Path.GetFileName).ShouldContain("libduckdb.so");
        natives.Select(Path.GetFileName).ShouldContain("rb-aioutliers");
        natives.SelectMany(TooNew).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GLIBC_2.34\0GLIBCXX_3.4.29\0CXXABI_1.3.13\0", 0)]
    [InlineData("GLIBC_2.35\0GLIBCXX_3.4.30\0CXXABI_1.3.14\0GLIBC_2.4\0", 3)]
    public void VersionsBeyond_NamesInAFile_AreThoseThatAreTooNew(string text, int expected) => VersionsBeyond(text).Count().ShouldBe(expected);

    private static IEnumerable<string> TooNew(string file) => VersionsBeyond(Encoding.Latin1.GetString(File.ReadAllBytes(file))).Select(version => $"{Path.GetFileName(file)}: {version}");

    /// <summary>The version names that are too new, read as <c>strings</c> would: in an ELF file they are zero-terminated text.</summary>
    private static IEnumerable<string> VersionsBeyond(string text) =>
        VersionName().Matches(text).Where(match => Version.Parse(match.Groups[2].Value) > Newest[match.Groups[1].Value]).Select(match => match.Value).Distinct();

    private static bool IsNative(string file)
    {
        Span<byte> magic = stackalloc byte[4];
        using var stream = File.OpenRead(file);
        return stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic.SequenceEqual("\u007fELF"u8);
    }

    [GeneratedRegex(@"(?<=^|\0)(GLIBC|GLIBCXX|CXXABI)_([0-9]+(?:\.[0-9]+)+)(?=\0)")]
    private static partial Regex VersionName();
}
