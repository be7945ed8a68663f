using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests;

/// <summary>The formatter does not know the limit of .editorconfig, so it is held here.</summary>
public sealed class LineLengthTests
{
    private const int Most = 140;

    /// <summary>What others have made, and what tools make of ours.</summary>
    private static readonly string[] NotOurs = ["node_modules", "dist", "bin", "obj"];

    [Fact]
    public void Sources_NoLine_IsLongerThanTheLimit()
    {
        File.ReadAllText(Path.Combine(Golden.Root, ".editorconfig")).ShouldContain($"max_line_length = {Most}\n");
        string[] patterns = ["*.cs", "*.razor", "*.ts", "*.css"];
        var files = patterns
            .SelectMany(static pattern => Directory.EnumerateFiles(Path.Combine(Golden.Root, "src"), pattern, SearchOption.AllDirectories))
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Intersect(NotOurs).Any()).ToList();

        files.Count.ShouldBeGreaterThan(100);
        files.Select(Path.GetExtension).Distinct().Count().ShouldBe(patterns.Length);
        files.SelectMany(file => File.ReadLines(file).Select((line, index) => (line.Length, Place: $"{file}:{index + 1}")))
            .Where(static line => line.Length > Most).Select(static line => line.Place).ShouldBeEmpty();
    }
}
