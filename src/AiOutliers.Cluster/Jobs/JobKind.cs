namespace AiOutliers.Cluster.Jobs;

/// <summary>A kind of job: what its payload may name. Jobs of kinds that a queue was not opened with are refused.</summary>
/// <param name="name">In the queue and for people: a verb.</param>
/// <param name="fields">The payload's texts; the first is the subject, of which one job at a time is done.</param>
public sealed class JobKind(string name, params IReadOnlyList<JobField> fields)
{
    public string Name => name;

    public IReadOnlyList<JobField> Fields => fields;

    /// <summary>
    /// The type that jobs of this kind had in the queue before there were kinds, its arguments the fields in order;
    /// null when there were none.
    /// </summary>
    public string? FormerType { get; init; }
}
