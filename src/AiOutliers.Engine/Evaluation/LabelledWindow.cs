namespace AiOutliers.Engine.Evaluation;

/// <summary>
/// A labelled stretch of time. A row belongs to it when Start &lt; its time ≤ End, as the published benchmark labels the rows of NAB.
/// </summary>
/// <param name="Start">Milliseconds since 1970-01-01T00:00Z.</param>
/// <param name="End">The same.</param>
public readonly record struct LabelledWindow(long Start, long End)
{
    public bool Holds(long time) => Start < time && time <= End;
}
