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

    /// <summary>Null where the stored document cannot be used, as after a change of the traffic schema; said once a revision.</summary>
    public MonitorDocument? Of(StoredMonitor stored)
    {
        if (_known.TryGetValue(stored.Name, out var known) && known.Revision == stored.Revision)
            return known.Document;
        MonitorDocument? document = null;
        try
        {
            document = catalog.Read(stored.Document, stored.Name).Monitors.FirstOrDefault();
        }
        catch (AiOutliersException error)
        {
            logger.LogWarning("Monitor {Monitor} cannot be used any more: {Reason}", stored.Name, error.Message);
        }
        _known[stored.Name] = (stored.Revision, document);
        return document;
    }
}
