using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis.Many;

/// <summary>Druid answers for a data source that does not exist as if it had no rows: a typing error looks like an outage.</summary>
public static class MissingSource
{
    /// <summary>More names are not read.</summary>
    private const int MostNames = 20;

    /// <param name="source">Is asked.</param>
    /// <param name="query">Its answer has no rows.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">The data source does not exist.</exception>
    public static async Task CheckAsync(IDruidSource? source, DruidQuery query, CancellationToken cancellation)
    {
        if (query.DataSource?.TableName is not { } table || source is not IDruidCatalog catalog)
            return;
        var names = await NamesAsync(catalog, cancellation);
        if (names.Count == 0 || names.Contains(table))
            return;
        var more = names.Count > MostNames ? $" and {names.Count - MostNames} more" : "";
        throw new AiOutliersException(
            ErrorKind.BadInput, $"'{table}' is not a data source; there are: {string.Join(", ", names.Take(MostNames))}{more}");
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(IDruidCatalog catalog, CancellationToken cancellation)
    {
        try
        {
            return await catalog.NamesAsync(cancellation);
        }
        catch (AiOutliersException)
        {
            // That there are no rows is said instead.
            return [];
        }
    }
}
