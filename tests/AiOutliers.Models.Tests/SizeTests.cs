using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests;

/// <summary>Nine of ten files, and nine of ten methods with a block, are short enough to be read at once.</summary>
public sealed class SizeTests
{
    private const int FileLines = 120, MethodLines = 22;

    private static readonly string[][] Sources =
    [
        .. Directory.EnumerateFiles(Path.Combine(Golden.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Contains("obj")).Select(File.ReadAllLines),
    ];

    [Fact]
    public void Sources_NineOfTenFiles_AreShort() => NineOfTen(Sources.Select(static lines => lines.Length)).ShouldBeLessThanOrEqualTo(FileLines);

    [Fact]
    public void Sources_NineOfTenMethods_AreShort()
    {
        var methods = Sources.SelectMany(Methods).ToList();

        methods.Count.ShouldBeGreaterThan(2000);
        NineOfTen(methods).ShouldBeLessThanOrEqualTo(MethodLines);
    }

    private static int NineOfTen(IEnumerable<int> lengths) => lengths.Order().ToList() is var sorted ? sorted[(sorted.Count * 9 - 1) / 10] : 0;

    /// <summary>How many lines each member of a type takes, from its name to its closing brace; the formatter keeps the indents.</summary>
    private static IEnumerable<int> Methods(string[] lines)
    {
        for (var open = 1; open < lines.Length; open++)
        {
            if (lines[open] != "    {")
                continue;
            var first = open - 1;
            while (lines[first].StartsWith("     ", StringComparison.Ordinal))
                first--;
            if (lines[first].Contains('('))
                yield return Array.FindIndex(lines, open, static line => line is "    }" or "    };") - first + 1;
        }
    }
}
