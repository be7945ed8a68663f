using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Explanation;

/// <summary>What a window and the ordinary ones before it have in all.</summary>
/// <param name="Queries">Compare the window with the ordinary ones.</param>
/// <param name="Measure">What is compared.</param>
/// <param name="All">The sums over all rows.</param>
/// <param name="References">How many ordinary windows there are.</param>
/// <param name="LeftOut">How many were left out because they are odd themselves.</param>
/// <param name="Rows">How many rows the window has.</param>
/// <param name="Unit">The size of one event: what a row that has something has on average.</param>
internal sealed record WindowTotals(
    WindowQueries Queries, SplitMeasure Measure, WindowSums All, int References, int LeftOut, double Rows, double Unit)
{
    /// <summary>A ratio of few is drawn towards that of all, as if it had so many more: a value of three rows says little.</summary>
    private const double Shrinkage = 20;

    /// <summary>What there is to be expected in all, before it is scaled.</summary>
    public double Usual => UsualOf(All);

    public static async Task<WindowTotals> AskAsync(
        CountedSource source, DruidQuery query, SplitMeasure measure, TimeWindow window, IReadOnlyList<TimeWindow> references)
    {
        var (totals, events) = await source.AskAsync(new WindowQueries(query, measure, window, references).Totals(), answer =>
            (Enumerable.Range(0, references.Count + 1).Select(at => Total.Of(DruidRows.One(answer), at)).ToArray(),
                DruidRows.One(answer) is { } row ? DruidRows.Number(row, WindowQueries.Events) : 0));
        var (own, earlier) = (totals[0], totals[1..]);
        var ordinary = ReferenceWindows.Ordinary([.. earlier.Select(one => one.Usual(measure.IsRatio))]);
        return new(
            new(query, measure, window, [.. ordinary.Select(at => references[at])]),
            measure,
            new(own.Sum, ordinary.Sum(at => earlier[at].Sum), own.Per, ordinary.Sum(at => earlier[at].Per)),
            ordinary.Count,
            references.Count - ordinary.Count,
            own.Rows,
            events == 0 ? 0 : totals.Sum(static one => one.Sum) / events);
    }

    /// <summary>
    /// What is usual for a part of all, before it is scaled: the sum over the ordinary windows; of a ratio, what its rate there would give
    /// of what the window has of the denominator.
    /// </summary>
    public double UsualOf(WindowSums part)
    {
        if (!Measure.IsRatio)
            return part.Reference;
        var rate = All.ReferencePer > 0 ? All.Reference / All.ReferencePer : 0;
        return part.Per * (part.Reference + Shrinkage * rate) / (part.ReferencePer + Shrinkage);
    }

    /// <summary>
    /// What the usual is multiplied by to be the window's expectation: the mean of the weeks, or so much of it that all together are what
    /// the detector expected. Where the rows are now more, or come from another data source, its expectation grows with them.
    /// </summary>
    public double Scale((double Value, double Expected)? judged)
    {
        if (References == 0 || Usual == 0)
            return 1;
        var mean = Measure.IsRatio ? 1 : 1.0 / References;
        if (judged is not { Expected: > 0 and < double.PositiveInfinity } own)
            return mean;
        if (own.Value > 0 && All.Actual > 0)
            return own.Expected * All.Actual / own.Value / Usual;
        return Measure.IsRatio ? mean : own.Expected / Measure.Factor / Usual;
    }

    /// <summary>What makes the sums of a part the metric's value.</summary>
    public double FactorOf(double per) => !Measure.IsRatio ? Measure.Factor : per > 0 ? Measure.Factor / per : 0;

    /// <summary>What a reader should know of the weeks that the window is compared with.</summary>
    public IEnumerable<string> Warnings()
    {
        if (References == 0)
            yield return "Earlier weeks have no data to compare with: everything looks new.";
        else if (References < ReferenceWindows.Fewest)
            yield return $"Compared with {Counted.Of(References, "earlier week")} only; {ReferenceWindows.Fewest} say more.";
        if (LeftOut > 0)
            yield return $"{LeftOut} of {LeftOut + References} earlier weeks are odd or empty, and left out.";
    }

    /// <summary>One window.</summary>
    private readonly record struct Total(double Sum, double Per, double Rows)
    {
        public static Total Of(JsonElement? answer, int at) => answer is not { } row
            ? default
            : new(DruidRows.Number(row, $"{WindowQueries.Total}{at}"), DruidRows.Number(row, $"{WindowQueries.TotalPer}{at}"),
                DruidRows.Number(row, $"{WindowQueries.Rows}{at}"));

        /// <summary>The number that shows whether a window is odd. A ratio over nothing has no rows.</summary>
        public (double Sum, double Rows) Usual(bool isRatio) => isRatio ? (Per > 0 ? Sum / Per : 0, Per > 0 ? Rows : 0) : (Sum, Rows);
    }
}
