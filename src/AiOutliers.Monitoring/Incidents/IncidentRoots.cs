using System.Text.Json;

namespace AiOutliers.Monitoring.Incidents;

/// <summary>Open incidents that may become parents, found by what they have in common with another.</summary>
internal sealed class IncidentRoots(long step)
{
    /// <summary>A cause counts when it carries so much of the deviation.</summary>
    private const double Share = 0.5;

    private readonly Dictionary<string, List<StoredIncident>> _byMark = new(StringComparer.Ordinal);

    public void Add(StoredIncident incident)
    {
        if (incident.ClosedAt is not null || incident.Parent is not null)
            return;
        foreach (var mark in Marks(incident))
        {
            if (!_byMark.TryGetValue(mark, out var same))
                _byMark[mark] = same = [];
            same.Add(incident);
        }
    }

    /// <summary>The first of those that belong together with this one; null where there is none.</summary>
    public StoredIncident? Of(StoredIncident incident) => Marks(incident)
        .SelectMany(mark => _byMark.GetValueOrDefault(mark) ?? [])
        .Where(root => root.Id != incident.Id
            && root.StartedAt <= incident.EndedAt + step && incident.StartedAt <= root.EndedAt + step)
        .OrderBy(static root => root.StartedAt).ThenBy(static root => root.Id, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>Its entity, and each cause that carries at least half.</summary>
    private static IEnumerable<string> Marks(StoredIncident incident)
    {
        yield return incident.EntityKey;
        if (incident.Causes is not { } causes)
            yield break;
        using var json = JsonDocument.Parse(causes);
        if (!json.RootElement.TryGetProperty("elements", out var elements) || elements.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var element in elements.EnumerateArray())
        {
            if (element.TryGetProperty("share", out var share) && share.ValueKind == JsonValueKind.Number && share.GetDouble() >= Share
                && element.TryGetProperty("where", out var where) && where.ValueKind == JsonValueKind.Object)
                yield return "cause " + string.Join('\0', where.EnumerateObject()
                    .OrderBy(static part => part.Name, StringComparer.Ordinal).Select(static part => $"{part.Name}={part.Value}"));
        }
    }
}
