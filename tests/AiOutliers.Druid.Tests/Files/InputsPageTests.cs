using System.Text.RegularExpressions;
using AiOutliers.Druid.Files;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Druid.Tests.Files;

/// <summary>Every example of docs/inputs.md is read as it stands there.</summary>
public sealed partial class InputsPageTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Golden.Root, "docs", "inputs.md")).ReplaceLineEndings("\n");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Examples =>
    [
        .. Example().Matches(Page).Select(static example => example.Groups[1].Value),
        .. Block().Matches(Page).Select(static block => block.Groups[1].Value),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Read_Example_IsRowsOrAQuery(string text)
    {
        var path = Path.Combine(_folder.Path, "example");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

        var content = await InputFile.ReadAsync(path, "'example'", InputOptions.None, TestContext.Current.CancellationToken);

        (content.Query is not null || content.Series!.Rows > 0).ShouldBeTrue();
    }

    [Fact]
    public void Page_HasAnExampleOfEachFormat() => Examples.Count.ShouldBe(16);

    /// <summary>The first code in a row of the table.</summary>
    [GeneratedRegex(@"^\| [^|]+ \| `([^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("```text\n(.+?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
