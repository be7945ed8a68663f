using AiOutliers.Tests.Shared;

namespace AiOutliers.Models.Tests;

/// <summary>The formatter does not know the limit of .editorconfig, so it is held here.</summary>
public sealed class LineLengthTests
{
    private const int Most = 140;

    [Fact]
    public void Sources_NoLine_IsLongerThanTheLimit()
    {
        File.ReadAllText(Path.Combine(Golden.Root, ".editorconfig")).ShouldContain($"max_line_length = {Most}\n");
        var files = Directory.EnumerateFiles(Path.Combine(Golden.Root, "src"), "*.cs", SearchOption.AllDirectories).ToList();

        files.Count.ShouldBeGreaterThan(100);
        files.SelectMany(file => File.ReadLines(file).Select((line, index) => (line.Length, Place: $"{file}:{index + 1}")))
            .Where(static line => line.Length > Most).Select(static line => line.Place).ShouldBeEmpty();
    }
}
