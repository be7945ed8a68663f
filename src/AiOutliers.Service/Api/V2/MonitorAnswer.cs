using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Runs;
using AiOutliers.Service.Hosting;

namespace AiOutliers.Service.Api.V2;

/// <param name="Monitors">In order of name.</param>
/// <param name="Next">As <c>after</c> it gives the next page; null on the last.</param>
internal sealed record MonitorsAnswer(IReadOnlyList<MonitorAnswer> Monitors, string? Next);

/// <summary>A monitor. Times are milliseconds since 1970.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Revision">Counts the changes of the document.</param>
/// <param name="Document">As it was applied.</param>
/// <param name="JudgedUpTo">The end of the last window that was judged; null before the first.</param>
/// <param name="LastState">How the last run ended.</param>
/// <param name="LastReason">Why.</param>
/// <param name="Runs">The last runs, the newest first; empty in a list.</param>
internal sealed record MonitorAnswer(
    string Name, long Revision, [property: Holds(typeof(DocumentBody))] JsonElement Document, long? JudgedUpTo, string? LastState,
    string? LastReason,
    IReadOnlyList<StoredRun> Runs)
{
    public static MonitorAnswer Of(StoredMonitor monitor, IReadOnlyList<StoredRun> runs) => new(
        monitor.Name, monitor.Revision, JsonElement.Parse(monitor.Document), monitor.NextFrom, monitor.LastState, monitor.LastReason, runs);
}

internal sealed record ChangesAnswer(IReadOnlyList<ChangeAnswer> Changes, IReadOnlyList<string> Warnings);

/// <param name="Kind">Monitor, Contact or Route.</param>
/// <param name="Name">Its name.</param>
/// <param name="Change">What applying it does.</param>
/// <param name="Revision">The monitor's revision afterwards; 0 for others.</param>
/// <param name="Differences">The keys whose values differ.</param>
internal sealed record ChangeAnswer(
    [property: AllowedValues(DocumentKinds.Monitor, DocumentKinds.Contact, DocumentKinds.Route)] string Kind, string Name,
    [property: AllowedValues("created", "changed", "unchanged")] string Change, long Revision, IReadOnlyList<string> Differences)
{
    public static ChangeAnswer Of(DocumentChange change) =>
        new(change.Kind, change.Name, change.Word, change.Revision, [.. change.Differences]);
}
