using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Terminal;

/// <summary>What was read, in one line.</summary>
internal static class ReadWords
{
    /// <param name="read">What.</param>
    /// <param name="source">Where from.</param>
    /// <param name="purpose">What becomes of the metrics: <c>judged</c>.</param>
    public static string Of(ReadSummary read, string source, string purpose = "judged")
    {
        var span = read is { From: { } from, To: { } to } ? $", {IncidentWords.Time(from)} to {IncidentWords.Time(to)} UTC" : "";
        var step = read.Step > 0 ? $", every {IncidentWords.Duration(read.Step)}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"Read {source}: {Counted.Series(read.Series)}, {Counted.Of(read.Rows, "row")}{span}{step}; "
            + $"{read.Missing:N0} missing, {Counted.Of(read.Duplicates, "duplicate")}, {read.HeldBack:N0} held back; "
            + $"{purpose}: {(read.Metrics.Count == 0 ? "nothing" : string.Join(", ", read.Metrics))}.");
    }
}
