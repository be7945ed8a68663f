using System.Text.Json;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Explanation;

/// <summary>What some rows have in the window and in the ordinary ones before it together.</summary>
/// <param name="Actual">The sum over the window; of a ratio that of its numerator.</param>
/// <param name="Reference">The same over the ordinary windows.</param>
/// <param name="Per">Of a ratio: its denominator over the window; else 0.</param>
/// <param name="ReferencePer">The same over the ordinary windows.</param>
internal readonly record struct WindowSums(double Actual, double Reference, double Per, double ReferencePer)
{
    public static WindowSums Of(JsonElement row) => new(
        DruidRows.Number(row, WindowQueries.Actual), DruidRows.Number(row, WindowQueries.Reference),
        DruidRows.Number(row, WindowQueries.Per), DruidRows.Number(row, WindowQueries.ReferencePer));

    /// <summary>A row of a groupBy: its values, then the sums that were asked for.</summary>
    public static WindowSums Of(JsonElement row, int values, bool hasReferences)
    {
        var (sums, left) = (new double[4], row.GetArrayLength() - values);
        for (var at = 0; at < left && at < sums.Length; at++)
            sums[hasReferences ? at : 2 * at] = DruidRows.Number(row[values + at]);
        return new(sums[0], sums[1], sums[2], sums[3]);
    }

    /// <summary>What is left without a part; rounding leaves nothing below 0.</summary>
    public WindowSums Without(WindowSums part) => new(
        Math.Max(0, Actual - part.Actual), Math.Max(0, Reference - part.Reference),
        Math.Max(0, Per - part.Per), Math.Max(0, ReferencePer - part.ReferencePer));
}
