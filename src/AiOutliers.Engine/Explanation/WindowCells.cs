using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Attribution;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Explanation;

/// <summary>The cells of the most promising dimensions: as many dimensions as one bounded groupBy can answer for, at most three.</summary>
/// <param name="Table">The cells.</param>
/// <param name="Dimensions">The dimensions that are in it.</param>
/// <param name="Truncated">Whether more dimensions would have been too many cells.</param>
internal sealed record WindowCells(CellTable Table, IReadOnlyList<DimensionTop> Dimensions, bool Truncated)
{
    /// <summary>Three dimensions have 5,300 cells on average, 20,100 at most.</summary>
    public const int MostCells = 50_000;

    public const int MostDimensions = 3;

    private const double Rounding = 1e-6;

    /// <param name="source">Is asked.</param>
    /// <param name="totals">What there is in all.</param>
    /// <param name="scale">What makes the ordinary windows' sum the window's expectation.</param>
    /// <param name="dimensions">The dimensions, as they were asked for.</param>
    /// <param name="sign">The direction of the deviation.</param>
    public static async Task<WindowCells> AskAsync(
        CountedSource source, WindowTotals totals, double scale, DimensionTop[] dimensions, double sign)
    {
        DimensionTop[] promising = [.. dimensions.OrderByDescending(own => own.Promise(totals, scale, sign))];
        var most = Math.Min(MostDimensions, promising.Length);
        for (var count = most; count > 1; count--)
        {
            DimensionTop[] chosen = [.. dimensions.Where(promising[..count].Contains)];
            var query = totals.Queries.Cells([.. chosen.Select(static own => (own.Name, Listed(own)))], MostCells);
            if (await source.AskAsync(query, answer => Read(answer, chosen, totals, scale)) is { } table)
                return new(table, chosen, count < most);
        }
        return new(OfOne(promising[0], totals, scale), [promising[0]], most > 1);
    }

    private static IReadOnlyCollection<string?>? Listed(DimensionTop own) =>
        own.HasAll ? null : [.. own.Values.Select(static row => row.Value)];

    /// <summary>Null where the answer is full: there are more cells.</summary>
    private static CellTable? Read(JsonElement answer, DimensionTop[] chosen, WindowTotals totals, double scale)
    {
        if (answer.GetArrayLength() >= MostCells)
            return null;
        var (builder, values, sum) = (Builder(chosen), new string?[chosen.Length], 0.0);
        foreach (var row in answer.EnumerateArray())
        {
            for (var at = 0; at < values.Length; at++)
                values[at] = AnswerRows.Text(row[at]);
            var actual = AnswerRows.Number(row[values.Length]);
            var reference = row.GetArrayLength() > values.Length + 1 ? AnswerRows.Number(row[values.Length + 1]) : 0;
            builder.Add(values, actual, scale * reference);
            sum += actual;
        }
        if (sum > totals.Value * (1 + Rounding))
            throw new AiOutliersException(ErrorKind.BadInput,
                $"one of {string.Join(", ", chosen.Select(static own => own.Name))} has several values in a row, which would count twice");
        return builder.Build();
    }

    /// <summary>The values of one dimension, and the rest of them all.</summary>
    private static CellTable OfOne(DimensionTop own, WindowTotals totals, double scale)
    {
        var builder = Builder([own]);
        foreach (var (value, actual, reference) in own.Values)
            builder.Add([value], actual, scale * reference);
        builder.Add([FoldedColumn.Other],
            Math.Max(0, totals.Value - own.Values.Sum(static row => row.Actual)),
            Math.Max(0, scale * (totals.Mean * totals.References - own.Values.Sum(static row => row.Reference))));
        return builder.Build();
    }

    private static CellTableBuilder Builder(DimensionTop[] dimensions) =>
        new([.. dimensions.Select(static own => own.Name)], FoldedColumn.Other);
}
