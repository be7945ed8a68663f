using AiOutliers.Detection.Attribution;
using AiOutliers.Detection.Incidents;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Explanation;

/// <summary>The largest values of a dimension, in the window and in the ordinary ones before it.</summary>
/// <param name="Name">The dimension.</param>
/// <param name="Values">Per value: its sums.</param>
/// <param name="HasAll">Whether these are all of its values.</param>
internal sealed record DimensionTop(string Name, IReadOnlyList<(string? Value, WindowSums Sums)> Values, bool HasAll)
{
    /// <summary>Per list. Druid keeps 1,000 per segment, so that the head is right.</summary>
    private const int Most = 100;

    /// <summary>A value that the deviation has less of does not make a dimension promising.</summary>
    private const double LeastShare = 0.1;

    /// <summary>Part of all that is expected: keeps the score of new values finite.</summary>
    private const double Epsilon = 1e-4;

    /// <summary>Sums of the source may differ by rounding.</summary>
    private const double Rounding = 1e-6;

    public static async Task<DimensionTop> AskAsync(CountedSource source, WindowQueries queries, string name)
    {
        var values = await ListAsync(WindowQueries.Actual);
        // A list that is not full has all values, those that vanished too.
        var hasAll = values.Length < Most;
        if (queries.HasReferences && !hasAll)
            values = [.. values, .. await ListAsync(WindowQueries.Reference)];
        return new(
            name, [.. values.DistinctBy(static row => row.Value).Where(static row => row.Sums.Actual + row.Sums.Reference > 0)], hasAll);

        Task<(string? Value, WindowSums Sums)[]> ListAsync(string by) => source.AskAsync(
            queries.Top(name, by, Most, []),
            answer => DruidRows.Top(answer).Select(row => (DruidRows.Text(row.GetProperty(name)), WindowSums.Of(row))).ToArray());
    }

    /// <summary>Whether no row has a value.</summary>
    public bool IsEmpty => Values is [] or [{ Value: null }];

    /// <summary>Whether some row has several values: then the values have more than there is.</summary>
    public bool HasSeveralPerRow(WindowTotals totals) => Values.Sum(static row => row.Sums.Actual) > totals.All.Actual * (1 + Rounding);

    /// <summary>The largest score of a value; 0 where none has a share to speak of.</summary>
    /// <param name="totals">What there is in all.</param>
    /// <param name="scale">What makes the usual the window's expectation.</param>
    /// <param name="direction">The incident's direction, where its detector says it: what moved the other way promises nothing.</param>
    public double Promise(WindowTotals totals, double scale, Direction direction)
    {
        var expected = scale * totals.Usual;
        var (deviation, epsilon) = (totals.All.Actual - expected, Epsilon * expected);
        return Values
            .Select(row => (row.Sums.Actual, Expected: scale * totals.UsualOf(row.Sums)))
            .Where(row => Math.Abs(row.Actual - row.Expected) >= LeastShare * Math.Abs(deviation)
                && direction != (row.Actual > row.Expected ? Direction.Down : Direction.Up))
            .Select(row => ScanScore.Of(row.Actual + epsilon, row.Expected + epsilon, Math.Sign(row.Actual - row.Expected)))
            .DefaultIfEmpty()
            .Max();
    }
}
