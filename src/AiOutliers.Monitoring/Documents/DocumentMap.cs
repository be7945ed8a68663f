using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AiOutliers.Monitoring.Documents;

/// <summary>
/// A map of a document: values are asked for by key, problems are gathered, and <see cref="End"/> names keys nobody asked for.
/// </summary>
internal sealed class DocumentMap
{
    private readonly YamlMappingNode _node;
    private readonly string _path;
    private readonly string _source;
    private readonly List<DocumentProblem> _problems;
    private readonly List<string> _asked = [];

    private DocumentMap(YamlMappingNode node, string path, string source, List<DocumentProblem> problems) =>
        (_node, _path, _source, _problems) = (node, path, source, problems);

    public static DocumentMap Of(YamlNode node, string path, string source, List<DocumentProblem> problems)
    {
        if (node is YamlMappingNode map)
            return new(map, path, source, problems);
        problems.Add(new(source, node.Start.Line, path, "is not a map of keys and values"));
        return new(new(), path, source, problems);
    }

    /// <summary>The keys as texts.</summary>
    public IEnumerable<string> Keys => _node.Children.Keys.Select(static key => (key as YamlScalarNode)?.Value ?? "");

    public long Line(string key) => (Find(key) ?? _node).Start.Line;

    /// <summary>File and line.</summary>
    public string Place(string key) => $"{_source}:{Line(key)}";

    public bool Has(string key) => Find(key) is not null;

    public void Reject(string key, string message) => _problems.Add(new(_source, Line(key), PathOf(key), message));

    public string? Text(string key)
    {
        var node = Ask(key);
        if (node is null or YamlScalarNode)
            return (node as YamlScalarNode)?.Value;
        Reject(key, "is not a text");
        return null;
    }

    public string Needed(string key)
    {
        if (Text(key) is { Length: > 0 } text)
            return text;
        Reject(key, "is missing");
        return "";
    }

    public double Number(string key, double unset, double minimum, double maximum)
    {
        if (Text(key) is not { } text)
            return unset;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum)
            return number;
        var range = string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}");
        Reject(key, $"'{Short(text)}' is not allowed; it takes {range}");
        return unset;
    }

    /// <summary>One text, or a list of texts.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        switch (Ask(key))
        {
            case null:
                return [];
            case YamlScalarNode one:
                return [one.Value ?? ""];
            case YamlSequenceNode list when list.All(static item => item is YamlScalarNode):
                return [.. list.Select(static item => ((YamlScalarNode)item).Value ?? "")];
            default:
                Reject(key, "is not a list of texts");
                return [];
        }
    }

    /// <summary>A list of any nodes; one node counts as a list of one.</summary>
    public IReadOnlyList<YamlNode> Nodes(string key) => Ask(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list],
        var one => [one],
    };

    public JsonElement? Json(string key) => Ask(key) is { } node ? YamlJson.Of(node) : null;

    public DocumentMap? Map(string key) => Ask(key) is { } node ? Of(node, PathOf(key), _source, _problems) : null;

    /// <summary>Every key that nobody asked for is a problem: a misspelt one would do nothing, silently.</summary>
    public void End()
    {
        foreach (var key in Keys.Where(key => !_asked.Contains(key)))
            Reject(key, $"is not a known key; known are {string.Join(", ", _asked.Distinct())}");
    }

    /// <summary>Every other key as a text, a list with commas between its items: whoever takes them says which it knows.</summary>
    public IReadOnlyDictionary<string, string> Rest(string known) =>
        Keys.Where(key => key != known && Ask(key) is not null).ToDictionary(static key => key, key => string.Join(',', Texts(key)));

    internal static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private string PathOf(string key) => _path.Length == 0 || key.Length == 0 ? _path + key : $"{_path}.{key}";

    /// <summary>Marks a key as known, and finds its value.</summary>
    internal YamlNode? Ask(string key)
    {
        _asked.Add(key);
        var node = Find(key);
        return node is YamlScalarNode { Value: null or "" or "null" or "~", Style: ScalarStyle.Plain } ? null : node;
    }

    private YamlNode? Find(string key) =>
        _node.Children.FirstOrDefault(entry => entry.Key is YamlScalarNode scalar && scalar.Value == key).Value;
}
