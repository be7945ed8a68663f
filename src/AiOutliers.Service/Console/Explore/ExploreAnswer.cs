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

    /// <summary>The interval that was asked for or, of a pasted query, that of its rows.</summary>
    public TimeRange Whole => Question.Range
        ?? new(Report!.Table.Times[0], Report.Table.Times[^1] + Math.Max(1, Report.Table.StepMilliseconds));

    private static long RowsOf(JointReport? report) => report is null ? 0 : (long)report.Table.Rows * report.Reports.Count;
}
