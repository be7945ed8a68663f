using AiOutliers.Detection;
using AiOutliers.Monitoring.Alerts;

namespace AiOutliers.Monitoring.Documents;

/// <summary>The documents of some files, and all that is wrong with them.</summary>
public sealed record DocumentSet
{
    public IReadOnlyList<MonitorDocument> Monitors { get; init; } = [];

    public IReadOnlyList<ContactDocument> Contacts { get; init; } = [];

    public IReadOnlyList<RouteDocument> Routes { get; init; } = [];

    public IReadOnlyList<DocumentProblem> Problems { get; init; } = [];

    public int Count => Monitors.Count + Contacts.Count + Routes.Count;

    /// <exception cref="AiOutliersException">Something is wrong; the message lists all of it.</exception>
    public DocumentSet Checked() => Problems.Count == 0 ? this : throw new AiOutliersException(
        ErrorKind.BadInput, "The documents cannot be used:\n  " + string.Join("\n  ", Problems));
}
