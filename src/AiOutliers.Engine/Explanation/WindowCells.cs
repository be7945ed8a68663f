using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Attribution;
using AiOutliers.Detection.Incidents;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Explanation;

/// <summary>The cells of the most promising dimensions: as many dimensions as one bounded groupBy can answer for, at most three.</summary>
/// <param name="Table">The cells.</param>
/// <param name="Dimensions">The dimensions that are in it.</param>
/// <param name="Parts">Of a ratio: the values of each cell, and what it has of the denominator.</param>
/// <param name="Reason">Why more dimensions could not be answered for; null where they could.</param>
internal sealed record WindowCells(
    CellTable Table, IReadOnlyList<DimensionTop> Dimensions, IReadOnlyList<(string?[] Values, double Per)> Parts, string? Reason = null)
{
    /// <summary>Three dimensions have 5,300 cells on average, 20,100 at most.</summary>
    public const int MostCells = 50_000;

    public const int MostDimensions = 3;

    private const double Rounding = 1e-6;

    private const string TooMany = "There are too many cells";

    /// <summary>Whether more dimensions would have been too many cells.</summary>
    public bool Truncated => Reason is not null;

    /// <param name="source">Is asked.</param>
    /// <param name="totals">What there is in all.</param>
    /// <param name="scale">What makes the usual the window's expectation.</param>
    /// <param name="dimensions">The dimensions, as they were asked for.</param>
    /// <param name="direction">The direction of the incident, where its detector says it.</param>
    public static async Task<WindowCells> AskAsync(
        CountedSource source, WindowTotals totals, double scale, DimensionTop[] dimensions, Direction direction)
    {
        DimensionTop[] promising = [.. dimensions.OrderByDescending(own => own.Promise(totals, scale, direction))];
        string? reason = null;
        for (var count = Math.Min(MostDimensions, promising.Length); count > 1; count--)
        {
            DimensionTop[] chosen = [.. dimensions.Where(promising[..count].Contains)];
            var query = totals.Queries.Cells([.. chosen.Select(static own => (own.Name, Listed(own)))], MostCells);
            var (cells, refusal) = await source.TryAskAsync(query, answer => Read(answer, chosen, totals, scale));
            if (cells is not null)
                return cells with { Reason = reason };
            // A cluster may have less room for groups than we ask for.
            reason = refusal is null ? TooMany : $"{TooMany} ({refusal})";
        }
        return OfOne(promising[0], totals, scale) with { Reason = reason };
    }

    /// <summary>What an element has of a ratio's denominator.</summary>
    public double PerOf(AttributedElement element)
    {
        var names = Dimensions.Select(static own => own.Name).ToArray();
        var parts = element.Where.Select(part => (At: Array.IndexOf(names, part.Dimension), part.Value)).ToArray();
        return Parts.Where(cell => Array.TrueForAll(parts, part => cell.Values[part.At] == part.Value)).Sum(static cell => cell.Per);
    }

    private static IReadOnlyCollection<string?>? Listed(DimensionTop own) =>
        own.HasAll ? null : [.. own.Values.Select(static row => row.Value)];

    /// <summary>Null where the answer is full: there are more cells.</summary>
    private static WindowCells? Read(JsonElement answer, DimensionTop[] chosen, WindowTotals totals, double scale)
    {
        if (answer.GetArrayLength() >= MostCells)
            return null;
        var rows = answer.EnumerateArray().Select(row => (
            chosen.Select((_, at) => DruidRows.Text(row[at])).ToArray(),
            WindowSums.Of(row, chosen.Length, totals.Queries.HasReferences))).ToList();
        if (rows.Sum(static row => row.Item2.Actual) > totals.All.Actual * (1 + Rounding))
            throw new AiOutliersException(ErrorKind.BadInput,
                $"one of {string.Join(", ", chosen.Select(static own => own.Name))} has several values in a row, which would count twice");
        return Of(chosen, rows, totals, scale);
    }

    /// <summary>The values of one dimension, and the rest of them all.</summary>
    private static WindowCells OfOne(DimensionTop own, WindowTotals totals, double scale)
    {
        var rest = own.Values.Aggregate(totals.All, static (left, row) => left.Without(row.Sums));
        return Of(
            [own], [.. own.Values.Select(static row => (new[] { row.Value }, row.Sums)), ([FoldedColumn.Other], rest)], totals, scale);
    }

    private static WindowCells Of(
        DimensionTop[] dimensions, List<(string?[] Values, WindowSums Sums)> rows, WindowTotals totals, double scale)
    {
        var builder = new CellTableBuilder([.. dimensions.Select(static own => own.Name)], FoldedColumn.Other);
        var isRatio = totals.Measure.IsRatio;
        // A ratio over nothing says nothing.
        foreach (var (values, sums) in rows.Where(row => !isRatio || row.Sums.Per > 0))
            builder.Add(values, sums.Actual, scale * totals.UsualOf(sums));
        return new(builder.Build(), dimensions, isRatio ? [.. rows.Select(static row => (row.Values, row.Sums.Per))] : []);
    }
}
