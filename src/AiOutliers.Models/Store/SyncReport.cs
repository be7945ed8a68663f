namespace AiOutliers.Models.Store;

/// <summary>How the last look into the store went: for readiness, metrics and people.</summary>
/// <param name="At">When it ended, UTC.</param>
/// <param name="Models">Models in the store.</param>
/// <param name="Swapped">Names that were taken over in this poll, new and changed.</param>
/// <param name="Removed">Names that the store does not hold any more.</param>
/// <param name="Failure">Why the store could not be read; null when it could.</param>
public sealed record SyncReport(
    DateTimeOffset At, int Models, IReadOnlyList<string> Swapped, IReadOnlyList<string> Removed, string? Failure);
