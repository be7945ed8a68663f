using System.Text.RegularExpressions;
using AiOutliers.Engine;
using AiOutliers.Service.Options;
using Microsoft.Extensions.Configuration;

namespace AiOutliers.Service.Tests.Documents;

/// <summary>The table of docs/configuration.md: what a key is called, defaults to and takes comes from the types; its meaning is prose.</summary>
internal static partial class ConfigurationTable
{
    /// <summary>The page as the types want it: meanings are kept, new keys stand after their section's last, gone ones are left out.</summary>
    public static string Renewed(string page)
    {
        var keys = Keys();
        var (lines, written) = (new List<string>(), new HashSet<string>());
        foreach (var line in page.Split('\n'))
        {
            if (Row().Match(line) is not { Success: true } row)
            {
                lines.Add(line);
                continue;
            }
            if (keys.GetValueOrDefault($"{row.Groups["section"].Value}:{row.Groups["key"].Value}") is not { } key)
                continue;
            lines.Add(Line(key, row.Groups["meaning"].Value));
            written.Add($"{key.Section}:{key.Name}");
        }
        foreach (var key in keys.Values.Where(key => !written.Contains($"{key.Section}:{key.Name}")))
        {
            var last = lines.FindLastIndex(line => line.StartsWith($"| `{key.Section}` |", StringComparison.Ordinal));
            lines.Insert(last < 0 ? lines.FindLastIndex(static line => Row().IsMatch(line)) + 1 : last + 1, Line(key, ""));
        }
        return string.Join('\n', lines);
    }

    private static string Line(ConfigurationKey key, string meaning) =>
        $"| `{key.Section}` | `{key.Name}` | {(key.Default is { } value ? $"`{value}`" : "unset")} | {Takes(key)} | {meaning} |";

    private static string Takes(ConfigurationKey key) => (key.Takes, key.Unit) switch
    {
        (null, _) => "",
        ({ } takes, { } unit) when char.IsAsciiDigit(takes[0]) => $"{takes} {unit}",
        ({ } takes, _) => takes.Replace("|", "\\|", StringComparison.Ordinal),
    };

    /// <summary>Of both modes: the section of the other one is only accepted.</summary>
    private static Dictionary<string, ConfigurationKey> Keys()
    {
        var keys = new Dictionary<string, ConfigurationKey>();
        foreach (var testing in new[] { false, true })
        {
            var reader = new SectionReader(new ConfigurationBuilder().Build());
            SettingsReader.Read(reader, testing, DetectorCatalog.Names);
            foreach (var key in reader.Keys)
            {
                var known = keys.GetValueOrDefault($"{key.Section}:{key.Name}") ?? key;
                keys[$"{key.Section}:{key.Name}"] = known with { Default = key.Default ?? known.Default, Takes = key.Takes ?? known.Takes };
            }
        }
        return keys;
    }

    /// <summary>With what it takes, or without: a row that somebody wrote by hand gets it.</summary>
    [GeneratedRegex(@"^\| `(?<section>\w+)` \| `(?<key>\w+)` \| (?:`[^`]+`|unset) \| (?:(?:(?!(?<!\\)\| ).)*(?<!\\)\| )?(?<meaning>.*?) ?\|$")]
    private static partial Regex Row();
}
