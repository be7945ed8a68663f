using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis.Many;

/// <summary>Druid answers for a data source that does not exist as if it had no rows: a typing error looks like an outage.</summary>
public static class MissingSource
{
    /// <param name="source">Is asked.</param>
    /// <param name="query">Its answer has no rows.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">The data source does not exist.</exception>
    public static async Task CheckAsync(IDruidSource? source, DruidQuery query, CancellationToken cancellation)
    {
        if (query.DataSource?.TableName is not { } table)
            return;
        var names = await SourceCatalog.NamesAsync(source, cancellation);
        if (names.Count > 0 && !names.Contains(table))
        {
            throw new AiOutliersException(
                ErrorKind.BadInput, $"'{table}' is not a data source; there are: {SourceCatalog.Words(names)}");
        }
    }
}
