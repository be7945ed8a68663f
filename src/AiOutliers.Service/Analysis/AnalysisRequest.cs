namespace AiOutliers.Service.Analysis;

/// <param name="Query">A Druid native query, UTF-8 JSON; ignored when there is data.</param>
/// <param name="Data">A Druid response, UTF-8 JSON.</param>
/// <param name="Model">The name of the model to use, if the caller names one.</param>
/// <param name="Metric">What the verdict is about; null chooses.</param>
/// <param name="CompleteUntil">Up to where the data is complete; null means now, less the configured delay.</param>
internal readonly record struct AnalysisRequest(
    ReadOnlyMemory<byte>? Query, ReadOnlyMemory<byte>? Data, string? Model, string? Metric = null, DateTimeOffset? CompleteUntil = null);
