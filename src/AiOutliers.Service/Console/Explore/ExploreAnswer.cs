using AiOutliers.Engine.Analysis;

namespace AiOutliers.Service.Console.Explore;

/// <param name="Question">What was asked.</param>
/// <param name="Report">What was found in the one series; null where there are many.</param>
/// <param name="Series">What was found in many series; null where there is one.</param>
/// <param name="Elapsed">How long it took, with the data source's part.</param>
public sealed record ExploreAnswer(ExploreQuestion Question, JointReport? Report, SeriesList? Series, TimeSpan Elapsed)
{
    /// <summary>Judged rows of all metrics of all series.</summary>
    public long Rows => Report is { } one ? RowsOf(one) : Series?.Reports.Sum(static series => RowsOf(series.Report)) ?? 0;

    private static long RowsOf(JointReport? report) => report is null ? 0 : (long)report.Table.Rows * report.Reports.Count;
}
