using AiOutliers.Monitoring.Documents;
using AiOutliers.Monitoring.Incidents;
using AiOutliers.Monitoring.Monitors;
using AiOutliers.Monitoring.Runs;

namespace AiOutliers.Service.Console.MonitorPages;

/// <param name="IsOn">Whether monitors run here at all.</param>
/// <param name="Part">Which of them are shown.</param>
/// <param name="Monitors">Those that need somebody first: what is not well, then what has found something.</param>
public sealed record MonitorsView(bool IsOn, ListPart Part, IReadOnlyList<StoredMonitor> Monitors)
{
    public const string Page = "page";

    public static MonitorsView Off { get; } = new(false, new(Page, 1, 0), []);

    /// <summary>A part of the names that are wanted; empty for all.</summary>
    public string Text { get; init; } = "";

    /// <summary>The monitors' clock.</summary>
    public long Now { get; init; }
}

/// <param name="Monitor">What it is.</param>
/// <param name="Yaml">Its document.</param>
/// <param name="Runs">The newest first.</param>
/// <param name="Incidents">The newest first.</param>
public sealed record MonitorView(
    StoredMonitor Monitor, string Yaml, IReadOnlyList<StoredRun> Runs, IReadOnlyList<StoredIncident> Incidents);

/// <param name="Kind">What is edited.</param>
/// <param name="Name">Its name; null for a new one.</param>
/// <param name="Text">The document.</param>
/// <param name="Plan">What is known of the text; null where nobody has looked.</param>
public sealed record MonitorEditorView(EditedKind Kind, string? Name, string Text, MonitorPlanView? Plan = null);

/// <param name="Text">What is in the editor.</param>
/// <param name="Plan">What is known of it.</param>
public sealed record CheckedPlanView(string Text, MonitorPlanView Plan);

/// <param name="Changes">What applying would change.</param>
/// <param name="Problems">What is wrong with the text.</param>
/// <param name="Failure">Why it cannot be read at all; null where it can.</param>
public sealed record MonitorPlanView(IReadOnlyList<DocumentChange> Changes, IReadOnlyList<DocumentProblem> Problems, string? Failure)
{
    /// <summary>What can be applied, and hardly is what somebody wants.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
