using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Explanation;

/// <summary>What a window and the ordinary ones before it have in all.</summary>
/// <param name="Queries">Compare the window with the ordinary ones.</param>
/// <param name="Value">The sum over the window.</param>
/// <param name="Mean">The mean over the ordinary windows; 0 where there are none.</param>
/// <param name="References">How many ordinary windows there are.</param>
/// <param name="LeftOut">How many were left out because they are odd themselves.</param>
/// <param name="Rows">How many rows the window has.</param>
/// <param name="Unit">What one row has on average.</param>
internal sealed record WindowTotals(
    WindowQueries Queries, double Value, double Mean, int References, int LeftOut, double Rows, double Unit)
{
    public static async Task<WindowTotals> AskAsync(
        CountedSource source, DruidQuery query, AdditiveMeasure measure, TimeWindow window, IReadOnlyList<TimeWindow> references)
    {
        var totals = await source.AskAsync(new WindowQueries(query, measure, window, references).Totals(), answer =>
            Enumerable.Range(0, references.Count + 1).Select(at => AnswerRows.One(answer) is { } row
                ? (Sum: AnswerRows.Number(row, $"{WindowQueries.Total}{at}"), Rows: AnswerRows.Number(row, $"{WindowQueries.Rows}{at}"))
                : (0, 0)).ToArray());
        var (own, earlier) = (totals[0], totals[1..]);
        var ordinary = ReferenceWindows.Ordinary(earlier);
        var rows = own.Rows + ordinary.Sum(at => earlier[at].Rows);
        return new(
            new(query, measure, window, [.. ordinary.Select(at => references[at])]),
            own.Sum,
            ordinary.Count == 0 ? 0 : ordinary.Average(at => earlier[at].Sum),
            ordinary.Count,
            references.Count - ordinary.Count,
            own.Rows,
            rows == 0 ? 0 : (own.Sum + ordinary.Sum(at => earlier[at].Sum)) / rows);
    }

    /// <summary>
    /// What the sum over the ordinary windows is multiplied by to be the window's expectation: their mean, or so much of it that all
    /// together are what the detector expected. Where the rows are now more, or come from another data source, its expectation grows
    /// with them.
    /// </summary>
    public double Scale((double Value, double Expected)? judged)
    {
        if (References == 0 || Mean == 0)
            return 1;
        var mean = 1.0 / References;
        if (judged is not { Expected: > 0 and < double.PositiveInfinity } own)
            return mean;
        var expected = own.Value > 0 && Value > 0 ? own.Expected * Value / own.Value : own.Expected;
        return mean * expected / Mean;
    }

    /// <summary>What a reader should know of the weeks that the window is compared with.</summary>
    public IEnumerable<string> Warnings()
    {
        if (References == 0)
            yield return "There is no earlier week to compare with: everything looks new.";
        else if (References < ReferenceWindows.Fewest)
            yield return $"Compared with {References} earlier week(s) only; {ReferenceWindows.Fewest} say more.";
        if (LeftOut > 0)
            yield return $"{LeftOut} of {LeftOut + References} earlier weeks are odd or empty, and left out.";
    }
}
