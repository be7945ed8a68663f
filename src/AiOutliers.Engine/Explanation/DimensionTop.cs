using System.Text.Json;
using AiOutliers.Detection.Attribution;
using AiOutliers.Druid.Building;

namespace AiOutliers.Engine.Explanation;

/// <summary>The largest values of a dimension, in the window and in the ordinary ones before it.</summary>
/// <param name="Name">The dimension.</param>
/// <param name="Values">Per value: what was seen, and the sum over the ordinary windows.</param>
/// <param name="HasAll">Whether there are no other values.</param>
internal sealed record DimensionTop(string Name, IReadOnlyList<(string? Value, double Actual, double Reference)> Values, bool HasAll)
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
        return new(name, [.. values.DistinctBy(static row => row.Value).Where(static row => row.Actual + row.Reference > 0)], hasAll);

        Task<(string? Value, double Actual, double Reference)[]> ListAsync(string by) =>
            source.AskAsync(queries.Top(name, by, Most, []), answer => AnswerRows.Top(answer).Select(Row).ToArray());

        (string? Value, double Actual, double Reference) Row(JsonElement row) => (
            AnswerRows.Text(row.GetProperty(name)),
            AnswerRows.Number(row, WindowQueries.Actual), AnswerRows.Number(row, WindowQueries.Reference));
    }

    /// <summary>Whether some row has several values: then the values have more than there is.</summary>
    public bool HasSeveralPerRow(WindowTotals totals) => Values.Sum(static row => row.Actual) > totals.Value * (1 + Rounding);

    /// <summary>The largest score of a value; 0 where none has a share to speak of.</summary>
    /// <param name="totals">What there is in all.</param>
    /// <param name="scale">What makes the ordinary windows' sum the window's expectation.</param>
    /// <param name="sign">The direction of the deviation.</param>
    public double Promise(WindowTotals totals, double scale, double sign)
    {
        var expected = scale * totals.Mean * totals.References;
        var (deviation, epsilon) = (totals.Value - expected, Epsilon * expected);
        return Values
            .Where(row => sign * (row.Actual - scale * row.Reference) >= LeastShare * Math.Abs(deviation))
            .Select(row => ScanScore.Of(row.Actual + epsilon, scale * row.Reference + epsilon, sign))
            .DefaultIfEmpty()
            .Max();
    }
}
