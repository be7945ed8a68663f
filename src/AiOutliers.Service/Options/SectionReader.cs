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

    private readonly Dictionary<string, string?> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Every key that was asked for or accepted, as <c>Section:key</c>, with its default as the file would have it; null is unset.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Known => _known;

    public List<string> Violations { get; } = [];

    public string Text(string section, string key, string unset)
    {
        _known[$"{section}:{key}"] = unset;
        return Text(section, key) ?? unset;
    }

    public string? Text(string section, string key)
    {
        _known.TryAdd($"{section}:{key}", null);
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

    public int Integer(string section, string key, int unset, int least, int most)
    {
        var text = Text(section, key, unset.ToString(CultureInfo.InvariantCulture));
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most)
            return value;
        Reject(section, key, text, $"a whole number from {least} to {most}");
        return unset;
    }

    public double Number(string section, string key, double unset, double least, double most)
    {
        var text = Text(section, key, unset.ToString(CultureInfo.InvariantCulture));
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        Reject(section, key, text, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
        return unset;
    }

    public string Choice(string section, string key, string unset, IReadOnlyCollection<string> allowed)
    {
        var text = Text(section, key, unset);
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
            var text = Text(section, option.Name, option.Show(unset));
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
            _known.TryAdd($"{section}:{key}", null);
    }

    /// <summary>One line for every key of the given sections that nobody asked for.</summary>
    public IEnumerable<string> UnknownKeys(IConfiguration file) =>
        from section in file.GetChildren()
        from key in section.GetChildren()
        where !_known.ContainsKey($"{section.Key}:{key.Key}")
        select $"[{section.Key}] {key.Key} is not a known key; it is ignored." + Similar.Hint(key.Key, KeysOf(section.Key));

    private IEnumerable<string> KeysOf(string section) =>
        _known.Keys
            .Where(known => known.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))
            .Select(known => known[(section.Length + 1)..]);
}
