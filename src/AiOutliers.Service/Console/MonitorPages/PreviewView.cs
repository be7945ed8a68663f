using AiOutliers.Monitoring;
using AiOutliers.Service.Console.IncidentPages;

namespace AiOutliers.Service.Console.MonitorPages;

/// <param name="Text">The document.</param>
/// <param name="Days">How many days are judged.</param>
public sealed record PreviewView(string Text, int Days)
{
    /// <summary>What is wrong with the document; null where it is a monitor.</summary>
    public MonitorPlanView? Plan { get; init; }

    /// <summary>Why there is no preview; null where there is one.</summary>
    public ConsoleFailure? Failure { get; init; }

    /// <summary>What the monitor would have found.</summary>
    public MonitorPreview? Preview { get; init; }

    /// <summary>The series with the most severe incidents.</summary>
    public IReadOnlyList<PreviewPicture> Pictures { get; init; } = [];
}

/// <param name="Title">Entity and metric.</param>
/// <param name="Series">Which, and what the monitor tells of it.</param>
public sealed record PreviewPicture(string Title, MonitoredSeries Series);
