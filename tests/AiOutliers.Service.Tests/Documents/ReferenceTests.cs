using System.Text.RegularExpressions;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Service.Tests.Documents;

/// <summary>What the documents name is there: files, scripts, tests.</summary>
public sealed partial class ReferenceTests
{
    private static readonly Lazy<HashSet<string>> Tests = new(() =>
        [.. Directory.EnumerateFiles(Path.Combine(Golden.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(static file => Path.GetFileNameWithoutExtension(file))]);

    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Golden.Root, "*.md").Concat(Folder("docs")).Concat(Folder("bench")).Concat(Folder("samples")).Concat(Folder("deploy"))
            .Select(file => Path.GetRelativePath(Golden.Root, file))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_OfADocument_LeadSomewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Golden.Root, document))!;
        foreach (var link in Link().Matches(Text(document)).Select(match => match.Groups["to"].Value).Where(to => !to.Contains("://", StringComparison.Ordinal)))
            Path.Exists(Path.Combine(folder, link)).ShouldBeTrue($"{document} leads to {link}");
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Scripts_OfADocument_AreThere(string document)
    {
        foreach (var script in Script().Matches(Text(document)).Select(match => match.Value))
            File.Exists(Path.Combine(Golden.Root, script)).ShouldBeTrue($"{document} names {script}");
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Tests_ThatADocumentNames_Exist(string document)
    {
        foreach (var test in Test().Matches(Text(document)).Select(match => match.Groups["name"].Value))
            Tests.Value.ShouldContain(test, $"{document} names {test}");
    }

    [Fact]
    public void Documents_OfTheProject_AreFound() => Documents.Count.ShouldBeGreaterThan(20);

    private static IEnumerable<string> Folder(string folder) => Directory.EnumerateFiles(Path.Combine(Golden.Root, folder), "*.md", SearchOption.AllDirectories);

    private static string Text(string document) => File.ReadAllText(Path.Combine(Golden.Root, document));

    [GeneratedRegex(@"\]\((?<to>[^)#]+)\)|(?:src|srcset)=""(?<to>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(?:scripts|bench)/\w+\.sh\b")]
    private static partial Regex Script();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+Tests)`")]
    private static partial Regex Test();
}
