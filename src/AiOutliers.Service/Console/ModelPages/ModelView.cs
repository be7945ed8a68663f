using AiOutliers.Cluster.Jobs;
using AiOutliers.Models;
using AiOutliers.Models.Store;

namespace AiOutliers.Service.Console.ModelPages;

/// <param name="Name">The files' common name.</param>
/// <param name="Model">What is in them; null where they were not loaded or cannot be used.</param>
/// <param name="Failure">Why they cannot be used; null where they can.</param>
public sealed record ModelRow(string Name, Model? Model, string? Failure);

/// <param name="Folder">Where the models are.</param>
/// <param name="Part">Which of them are shown.</param>
/// <param name="Rows">One per model, in order of name.</param>
/// <param name="Sensors">Those that a model can be trained for.</param>
public sealed record ModelsView(string Folder, ListPart Part, IReadOnlyList<ModelRow> Rows, IReadOnlyList<string> Sensors)
{
    public const string Page = "page";

    /// <summary>A part of the names that are wanted; empty for all.</summary>
    public string Text { get; init; } = "";
}

/// <param name="Row">The model; without its content where it is still to be made.</param>
/// <param name="Versions">The kept versions, newest first.</param>
/// <param name="Failure">Why the versions are not known; null where they are.</param>
/// <param name="Job">The newest job about it; null where there is none.</param>
public sealed record ModelView(ModelRow Row, IReadOnlyList<ModelVersion> Versions, string? Failure, JobInfo? Job)
{
    /// <summary>Whether a job is to be done or is being done.</summary>
    public bool IsTraining => Job?.State is JobState.Running or JobState.Waiting or JobState.Delayed;
}
