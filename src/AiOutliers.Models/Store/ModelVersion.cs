namespace AiOutliers.Models.Store;

/// <summary>A kept version of a model.</summary>
/// <param name="Id">Its UTC time, which sorts as text: <c>20240501T120000123Z</c>.</param>
/// <param name="Files">One object per file.</param>
/// <param name="IsLatest">Whether it is what executors run now.</param>
public sealed record ModelVersion(string Id, IReadOnlyList<StoredObject> Files, bool IsLatest);
