namespace AiOutliers.Benchmarks.History;

/// <summary>A line of the table.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Bar">What it must reach; empty where it is only reported.</param>
/// <param name="Measured">What it reached.</param>
/// <param name="Met">False where it is beside the bar.</param>
internal sealed record HistoryRow(string Work, string Bar, string Measured, bool Met = true)
{
    public string Markdown => $"| {Work} | {Bar} | {(Met ? Measured : $"**{Measured}**")} |";
}
