using AiOutliers.Detection.Series;
using AiOutliers.Monitoring.Documents;
using YamlDotNet.RepresentationModel;

namespace AiOutliers.Monitoring.Alerts;

/// <summary>Reads the <c>spec</c> of a route.</summary>
internal static class RouteReader
{
    public static RouteDocument Read(string name, DocumentMap spec, YamlMappingNode node)
    {
        var match = new Dictionary<string, string>(StringComparer.Ordinal);
        if (spec.Map("match") is { } labels)
        {
            foreach (var key in labels.Keys)
                match[key] = labels.Text(key) ?? "";
        }
        var contacts = spec.Texts("contacts");
        if (contacts.Count == 0)
            spec.Reject("contacts", "is missing: who is told?");
        var route = new RouteDocument(name)
        {
            Json = YamlJson.ObjectOf(node),
            Match = match,
            MinSeverity = spec.Number("minSeverity", 0, 0, 100),
            GroupBy = spec.Texts("groupBy"),
            GroupWait = Span(spec, "groupWait"),
            Repeat = Span(spec, "repeat"),
            Times = Times(spec),
            Contacts = contacts,
        };
        spec.End();
        return route;
    }

    private static DayTimes? Times(DocumentMap spec)
    {
        if (spec.Text("times") is not { } text)
            return null;
        if (!DayTimes.TryParse(text, out var times))
            spec.Reject("times", $"'{DocumentMap.Short(text)}' is not allowed; it takes {DayTimes.Allowed}");
        return times;
    }

    private static TimeSpan Span(DocumentMap spec, string key)
    {
        if (spec.Text(key) is not { } text)
            return TimeSpan.Zero;
        if (TimeSpans.TryParse(text, out var span))
            return span;
        spec.Reject(key, $"'{DocumentMap.Short(text)}' is not allowed; it takes {TimeSpans.Allowed}");
        return TimeSpan.Zero;
    }
}
