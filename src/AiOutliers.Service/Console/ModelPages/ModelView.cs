using AiOutliers.Models;
using AiOutliers.Models.Store;

namespace AiOutliers.Service.Console.ModelPages;

/// <param name="Name">The files' common name.</param>
/// <param name="Model">What is in them; null where they were not loaded or cannot be used.</param>
/// <param name="Failure">Why they cannot be used; null where they can.</param>
public sealed record ModelRow(string Name, Model? Model, string? Failure);

/// <param name="Folder">Where the models are.</param>
/// <param name="Rows">One per model, in order of name.</param>
public sealed record ModelsView(string Folder, IReadOnlyList<ModelRow> Rows);

/// <param name="Row">The model.</param>
/// <param name="Versions">The kept versions, newest first.</param>
/// <param name="Failure">Why the versions are not known; null where they are.</param>
public sealed record ModelView(ModelRow Row, IReadOnlyList<ModelVersion> Versions, string? Failure);
