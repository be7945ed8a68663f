using System.Collections.Concurrent;
using AiOutliers.Detection;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Monitoring.Runs;

/// <summary>The documents of stored monitors, each read once a revision.</summary>
internal sealed class StoredDocuments(Catalog catalog, ILogger logger)
{
    private readonly ConcurrentDictionary<string, (long Revision, MonitorDocument? Document)> _known = new(StringComparer.Ordinal);

    /// <summary>Null where the document of this revision was not read yet, or cannot be used.</summary>
    public MonitorDocument? Of(StoredMonitor stored) => IsKnown(stored, out var document) ? document : null;

    /// <summary>Reads those of revisions that were not read yet: all at once, as that is seldom.</summary>
    public async Task ReadAsync(IEnumerable<StoredMonitor> monitors, CancellationToken cancellation)
    {
        if (monitors.All(stored => IsKnown(stored, out _)))
            return;
        foreach (var stored in await catalog.Monitors.ListAsync(cancellation))
        {
            if (!IsKnown(stored, out _))
                _known[stored.Name] = (stored.Revision, Read(stored));
        }
    }

    private bool IsKnown(StoredMonitor stored, out MonitorDocument? document)
    {
        var isKnown = _known.TryGetValue(stored.Name, out var known) && known.Revision == stored.Revision;
        document = isKnown ? known.Document : null;
        return isKnown;
    }

    /// <summary>Null where it cannot be used, as after a change of the traffic schema; said once a revision.</summary>
    private MonitorDocument? Read(StoredMonitor stored)
    {
        try
        {
            return catalog.Read(stored.Document, stored.Name).Monitors.FirstOrDefault();
        }
        catch (AiOutliersException error)
        {
            logger.LogWarning("Monitor {Monitor} cannot be used any more: {Reason}", stored.Name, error.Message);
            return null;
        }
    }
}
