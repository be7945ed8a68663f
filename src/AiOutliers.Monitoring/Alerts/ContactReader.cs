using AiOutliers.Monitoring.Documents;
using YamlDotNet.RepresentationModel;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>Reads the <c>spec</c> of a contact: one of the types, with its keys, and perhaps a template.</summary>
internal static class ContactReader
{
    /// <summary>It is read with every window that has something to tell.</summary>
    private const int LongestTemplate = 65_536;

    private static readonly string Types = string.Join(", ", ContactType.All.Select(static type => type.Name));

    public static ContactDocument Read(string name, DocumentMap spec, YamlMappingNode node)
    {
        var template = spec.Text("template");
        if (template?.Length > LongestTemplate)
            spec.Reject("template", $"has {template.Length} characters; at most {LongestTemplate} are allowed");
        else if (template is not null && AlertTemplate.Fault(template) is { } fault)
            spec.Reject("template", $"is not Liquid: {fault}");
        var types = ContactType.All.Where(type => spec.Has(type.Name)).ToList();
        foreach (var known in ContactType.All)
            spec.Ask(known.Name);
        spec.End();
        if (types is not [var chosen] || spec.Map(chosen.Name) is not { } map)
        {
            spec.Reject("", types.Count == 1 ? $"has nothing in {types[0].Name}" : $"needs one of {Types}, and has {types.Count}");
            return new(name, ContactType.Webhook, new Dictionary<string, string>(), [], null) { Json = [] };
        }
        var (values, to) = Values(map, chosen);
        map.End();
        return new(name, chosen, values, to, template) { Json = YamlJson.ObjectOf(node) };
    }

    private static (Dictionary<string, string> Values, IReadOnlyList<string> To) Values(DocumentMap map, ContactType type)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in type.Needed)
            values[key] = map.Needed(key);
        foreach (var key in type.Optional)
        {
            if (map.Text(key) is { } value)
                values[key] = value;
        }
        foreach (var (key, value) in values)
        {
            if (Fault(type, key, value) is { } fault)
                map.Reject(key, fault);
        }
        IReadOnlyList<string> to = type == ContactType.Email ? map.Texts("to") : [];
        if (type == ContactType.Email && (to.Count == 0 || !to.All(static address => address.Contains('@', StringComparison.Ordinal))))
            map.Reject("to", "needs e-mail addresses");
        return (values, to);
    }

    /// <summary>Without the value where it may be a secret.</summary>
    private static string? Fault(ContactType type, string key, string value) => (type.Name, key) switch
    {
        _ when value.Length == 0 || SecretValue.IsReference(value) || value == ContactDocument.Hidden => null,
        (_, "url") => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? null : "takes an http or https URL",
        (_, "port") => int.TryParse(value, out var port) && port is > 0 and < 65536 ? null : "takes a port, 1 to 65535",
        ("email", "security") => value is "starttls" or "tls" or "none" ? null : "takes starttls, tls or none",
        ("syslog", "protocol") => value is "udp" or "tcp" or "tls" ? null : "takes udp, tcp or tls",
        ("syslog", "facility") => int.TryParse(value, out var facility) && facility is >= 0 and <= 23 ? null : "takes 0 to 23",
        _ => null,
    };
}
