using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Engine.Analysis.Many;

/// <summary>
/// Druid groups by a dimension that does not exist as if it were null in every row: one series comes back, and looks like an answer.
/// </summary>
public static class MissingDimensions
{
    /// <returns>What to say of dimensions that exist and have no value.</returns>
    /// <exception cref="AiOutliersException">A dimension does not exist.</exception>
    internal static async Task<IReadOnlyList<string>> NoteAsync(
        IDruidSource source, FetchedSeries fetched, DruidQuery query, CancellationToken cancellation)
    {
        string[] empty = [.. (query.Dimensions ?? []).Select(static dimension => dimension.OutputName).OfType<string>()
            .Where(name => !HasValue(fetched.Series, name))];
        if (fetched.Series.Count == 0)
            return [];
        await CheckAsync(source, query, empty, cancellation);
        return [.. empty.Select(static name => $"No row has a value of '{name}': check its name and the interval.")];
    }

    /// <param name="source">Is asked.</param>
    /// <param name="query">Where dimensions should be.</param>
    /// <param name="empty">Dimensions of which no row has a value.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">One of them does not exist.</exception>
    public static async Task CheckAsync(
        IDruidSource source, DruidQuery query, IReadOnlyCollection<string> empty, CancellationToken cancellation)
    {
        if (empty.Count == 0 || query.DataSource?.TableName is not { } table)
            return;
        var columns = await SourceCatalog.ColumnsAsync(source, table, cancellation);
        var made = (query.VirtualColumns ?? []).Select(static column => column.Name);
        if (columns is not null && empty.FirstOrDefault(name => !columns.Has(name) && !made.Contains(name)) is { } unknown)
        {
            throw new AiOutliersException(ErrorKind.BadInput,
                $"'{unknown}' is not a dimension of {table}; it has: {SourceCatalog.Words(columns.Dimensions)}");
        }
    }

    private static bool HasValue(SeriesSet series, string dimension) =>
        Enumerable.Range(0, series.Count).Any(at => series.Key(at).Parts.Any(part => part.Key == dimension));
}
