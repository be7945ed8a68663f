using System.Text.RegularExpressions;

namespace AiOutliers.Packages.Tests.Configuration;

/// <summary>The keys of a configuration, as <c>Section.key</c>.</summary>
internal static partial class ConfigurationKeys
{
    /// <summary>Those of docs/configuration.md, which has every key that the service asks for.</summary>
    public static IReadOnlyList<string> Documented() =>
        [.. DocumentedKey().Matches(File.ReadAllText(Checkout.File("docs/configuration.md"))).Select(row => $"{row.Groups["section"].Value}.{row.Groups["key"].Value}")];

    /// <summary>Those of an ini file, in order; twice where they are there twice.</summary>
    public static IReadOnlyList<string> Of(string ini)
    {
        var (keys, section) = (new List<string>(), "");
        foreach (var line in ini.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[')
                section = line.Trim('[', ']');
            else
                keys.Add($"{section}.{line.Split('=')[0].Trim()}");
        }
        return keys;
    }

    [GeneratedRegex(@"^\| `(?<section>\w+)` \| `(?<key>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedKey();
}
