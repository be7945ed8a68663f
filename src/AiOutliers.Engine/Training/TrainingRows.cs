using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;

namespace AiOutliers.Engine.Training;

/// <summary>The rows that a plan asks for.</summary>
internal static class TrainingRows
{
    /// <param name="source">Null when no data source is configured.</param>
    /// <param name="plan">Has the queries.</param>
    /// <param name="model">Its name, for the progress.</param>
    /// <param name="progress">Gets which query is asked.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AiOutliersException">A data source is not configured, or has no traffic.</exception>
    public static async Task<IReadOnlyList<MetricTable>> FetchAsync(
        IDruidSource? source, TrainingPlan plan, string model, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (source is null)
        {
            throw new AiOutliersException(ErrorKind.SourceFailed,
                "no data source is configured; set [Druid] druid_endpoint to the broker's URL or to duckdb:FOLDER, "
                    + "or give the data as files with --data");
        }
        var tables = new List<MetricTable>();
        foreach (var query in plan.Queries)
        {
            progress?.Report(new(model, $"Fetching {query.Granularity}"));
            tables.Add(await source.QueryAsync(query.Query.ToUtf8Json(), cancellation));
        }
        // Druid answers with rows of nulls and zeros where a filter lets nothing through.
        if (tables.TrueForAll(static table => table.Metrics.All(metric => !table.Column(metric).ContainsAnyExcept(double.NaN, 0))))
        {
            throw new AiOutliersException(ErrorKind.BadInput,
                $"the data source has no traffic between {TrainingQueries.Text(plan.Queries.Min(static query => query.From))} and "
                    + $"{TrainingQueries.Text(plan.Queries.Max(static query => query.To))}"
                + $"{(plan.Filter is null ? "" : " for this filter")}; --from and --to choose another time");
        }
        return tables;
    }
}
