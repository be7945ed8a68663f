using System.Text;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests;

/// <summary>The formatter does not know the limit of .editorconfig, so it is held here. A line is as long as its bytes are.</summary>
public sealed class LineLengthTests
{
    private const int Most = 140;

    private static readonly string[] Folders = ["src", "bench", "samples", "scripts", "deploy"];

    private static readonly string[] Kinds = [".cs", ".razor", ".ts", ".css", ".sh", ".rb", ".yaml", ".yml"];

    /// <summary>What others have made, and what tools make of ours.</summary>
    private static readonly string[] NotOurs = ["node_modules", "dist", "bin", "obj"];

    [Fact]
    public void Sources_NoLine_IsLongerThanTheLimit()
    {
        File.ReadAllText(Path.Combine(Golden.Root, ".editorconfig")).ShouldContain($"max_line_length = {Most}\n");
        var files = Folders.SelectMany(Files).ToList();

        files.Select(Path.GetExtension).Distinct().ShouldBe(Kinds, ignoreOrder: true);
        files.SelectMany(static file => File.ReadLines(file).Select((line, index) => (Line: line, Place: $"{file}:{index + 1}")))
            .Where(static line => Encoding.UTF8.GetByteCount(line.Line) > Most).Select(static line => line.Place).ShouldBeEmpty();
    }

    private static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(Path.Combine(Golden.Root, folder), "*", SearchOption.AllDirectories)
        .Where(static file => Kinds.Contains(Path.GetExtension(file)) && !file.Split(Path.DirectorySeparatorChar).Intersect(NotOurs).Any());
}
