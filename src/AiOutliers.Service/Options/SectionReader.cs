using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;

namespace AiOutliers.Service.Options;

/// <summary>Reads the keys of the configuration one by one, remembers which are known, and collects every violation.</summary>
/// <param name="configuration">The file, and what is put over it.</param>
/// <param name="folder">Where the file is; null without one.</param>
internal sealed class SectionReader(IConfiguration configuration, string? folder = null)
{
    /// <summary>The shipped sample's placeholders: they count as unset.</summary>
    private static readonly HashSet<string> Placeholders = new(StringComparer.Ordinal) { "x.x.x.x", "my_key", "my_secret", "my_bucket" };

    private readonly Dictionary<string, ConfigurationKey> _keys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every key that was asked for or accepted.</summary>
    public IReadOnlyCollection<ConfigurationKey> Keys => _keys.Values;

    public List<string> Violations { get; } = [];

    public string Text(string section, string key, string unset)
    {
        Know(section, key, unset);
        return Text(section, key) ?? unset;
    }

    public string? Text(string section, string key)
    {
        Know(section, key);
        var value = configuration[$"{section}:{key}"]?.Trim();
        return string.IsNullOrEmpty(value) || Placeholders.Contains(value) ? null : value;
    }

    /// <summary>
    /// A file or folder. A relative one is looked for beside the configuration file first, and else from the current folder.
    /// </summary>
    public string? FilePath(string section, string key) => Text(section, key) is { } path ? Beside(path) : null;

    /// <summary>The path beside the configuration file, where something of that name is there.</summary>
    public string Beside(string path) =>
        folder is not null && !Path.IsPathRooted(path) && Path.Combine(folder, path) is var beside && Path.Exists(beside)
            ? Path.GetRelativePath(Environment.CurrentDirectory, beside)
            : path;

    public int Integer(string section, string key, int unset, int minimum, int maximum)
    {
        Know(section, key, unset.ToString(CultureInfo.InvariantCulture));
        return Integer(section, key, minimum, maximum) ?? unset;
    }

    /// <returns>Null when unset.</returns>
    public int? Integer(string section, string key, int minimum, int maximum)
    {
        var takes = string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum}");
        Know(section, key, takes: takes);
        if (Text(section, key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= minimum
            && value <= maximum)
            return value;
        Reject(section, key, text, "a whole number from " + takes);
        return null;
    }

    public string Choice(string section, string key, string unset, IReadOnlyCollection<string> allowed)
    {
        Know(section, key, unset, string.Join(", ", allowed.Select(static choice => $"`{choice}`")));
        var text = Text(section, key) ?? unset;
        if (allowed.Contains(text, StringComparer.Ordinal))
            return text;
        Reject(section, key, text, "one of " + string.Join(", ", allowed));
        return unset;
    }

    /// <summary>The options with every key of theirs that the section has.</summary>
    public T Options<T>(string section, IEnumerable<DetectorOption<T>> all, T unset)
        where T : class
    {
        var options = unset;
        foreach (var option in all)
        {
            Know(section, option.Name, option.Show(unset), option.Allowed);
            var text = Text(section, option.Name) ?? option.Show(unset);
            if (option.Parse(options, text) is { } read)
                options = read;
            else
                Reject(section, option.Name, text, option.Allowed);
        }
        return options;
    }

    public void Reject(string section, string key, string value, string allowed) =>
        Violations.Add($"[{section}] {key} = '{Secrets.Masked(key, value)}' is not allowed; it takes {allowed}.");

    /// <summary>Keys that are accepted and have no effect here, or none yet: they cause no warning.</summary>
    public void Accept(string section, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            Know(section, key);
    }

    /// <summary>One line for every key of the given sections that nobody asked for.</summary>
    public IEnumerable<string> UnknownKeys(IConfiguration file) =>
        from section in file.GetChildren()
        from key in section.GetChildren()
        where !_keys.ContainsKey($"{section.Key}:{key.Key}")
        select $"[{section.Key}] {key.Key} is not a known key; it is ignored." + Similar.Hint(key.Key, KeysOf(section.Key));

    private IEnumerable<string> KeysOf(string section) =>
        _keys.Values.Where(key => key.Section.Equals(section, StringComparison.OrdinalIgnoreCase)).Select(static key => key.Name);

    private void Know(string section, string key, string? unset = null, string? takes = null)
    {
        var known = _keys.GetValueOrDefault($"{section}:{key}") ?? new(section, key, null, null);
        _keys[$"{section}:{key}"] = known with { Default = unset ?? known.Default, Takes = takes ?? known.Takes };
    }
}
