using AiOutliers.Engine;
using AiOutliers.Monitoring.Alerts;
using YamlDotNet.RepresentationModel;

namespace AiOutliers.Monitoring.Documents;

/// <summary>Reads documents of every kind and checks them; all problems are reported at once, each with its line and key.</summary>
public sealed class DocumentReader(EngineSettings settings)
{
    public const string Version = "aioutliers/v1";

    private const int LongestName = 63;

    private readonly List<DocumentProblem> _problems = [];
    private readonly List<MonitorDocument> _monitors = [];
    private readonly List<ContactDocument> _contacts = [];
    private readonly List<RouteDocument> _routes = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <param name="text">YAML or JSON: one document or more.</param>
    /// <param name="source">For messages: the file.</param>
    /// <exception cref="Detection.AiOutliersException">It cannot be read at all.</exception>
    public void Add(string text, string source)
    {
        foreach (var node in DocumentText.Read(text, source))
            Add(node, source);
    }

    public DocumentSet Result() => new() { Monitors = _monitors, Contacts = _contacts, Routes = _routes, Problems = _problems };

    private void Add(YamlNode node, string source)
    {
        var before = _problems.Count;
        var map = DocumentMap.Of(node, "", source, _problems);
        if (map.Needed("apiVersion") is { Length: > 0 } version && version != Version)
            map.Reject("apiVersion", $"'{DocumentMap.Short(version)}' is not known; it takes {Version}");
        var kind = map.Needed("kind");
        if (kind.Length > 0 && kind is not (MonitorReader.Kind or ContactDocument.Kind or RouteDocument.Kind))
        {
            map.Reject("kind", $"'{DocumentMap.Short(kind)}' is not known; it takes {MonitorReader.Kind}, {ContactDocument.Kind} "
                + $"or {RouteDocument.Kind}");
            return;
        }
        var (name, labels) = Metadata(map, kind);
        if (map.Map("spec") is not { } spec)
        {
            map.Reject("spec", "is missing");
            return;
        }
        map.End();
        var read = Read(kind, name, labels, spec, (YamlMappingNode)node);
        if (_problems.Count == before)
            read();
    }

    /// <returns>What puts the document into the result.</returns>
    private Action Read(
        string kind, string name, IReadOnlyDictionary<string, string> labels, DocumentMap spec, YamlMappingNode node)
    {
        switch (kind)
        {
            case ContactDocument.Kind:
                var contact = ContactReader.Read(name, spec, node);
                return () => _contacts.Add(contact);
            case RouteDocument.Kind:
                var route = RouteReader.Read(name, spec, node);
                return () => _routes.Add(route);
            default:
                var monitor = new MonitorReader(settings).Read(spec);
                return () => _monitors.Add(new(name, labels, monitor!) { Json = YamlJson.ObjectOf(node) });
        }
    }

    private (string Name, IReadOnlyDictionary<string, string> Labels) Metadata(DocumentMap map, string kind)
    {
        if (map.Map("metadata") is not { } metadata)
        {
            map.Reject("metadata", "is missing");
            return ("", new Dictionary<string, string>());
        }
        var name = metadata.Needed("name");
        if (name.Length > 0 && !IsName(name))
            metadata.Reject(
                "name", $"'{DocumentMap.Short(name)}' is not allowed; it takes up to {LongestName} small letters, digits, - and .");
        else if (name.Length > 0 && !_names.TryAdd($"{kind}/{name}", metadata.Place("name")))
            metadata.Reject("name", $"'{name}' is the name of two documents of this kind; the other is {_names[$"{kind}/{name}"]}");
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (metadata.Map("labels") is { } told)
        {
            foreach (var key in told.Keys)
                labels[key] = told.Text(key) ?? "";
        }
        metadata.End();
        return (name, labels);
    }

    private static bool IsName(string name) => name.Length <= LongestName && char.IsAsciiLetterOrDigit(name[0])
        && name.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.');
}
