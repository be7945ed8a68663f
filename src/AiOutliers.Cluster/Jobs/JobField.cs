namespace AiOutliers.Cluster.Jobs;

/// <summary>One text of a job's payload.</summary>
/// <param name="name">In the payload's JSON, and for people.</param>
/// <param name="isAllowed">What the text may be: a payload with any other is refused.</param>
/// <param name="isOptional">Whether a payload may leave it out.</param>
public sealed class JobField(string name, Func<string, bool> isAllowed, bool isOptional = false)
{
    public string Name => name;

    internal bool Allows(string? value) => value is null ? isOptional : isAllowed(value);
}
