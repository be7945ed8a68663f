using System.Text.Json;
using AiOutliers.Detection;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis;
using AiOutliers.Service.Hosting;
using AiOutliers.Service.Http;

namespace AiOutliers.Service.Api.V2;

/// <summary>Answers about data sources, from the broker or the embedded engine.</summary>
internal sealed class DataSourceAnswers(SourceHealth health, ILogger<DataSourceAnswers> logger, IDruidSource? source = null)
{
    private const int MostValues = 100;

    private const long Week = 7 * 86_400_000L;

    /// <summary>The folder of the embedded engine may have thousands of files, and each has to be looked into.</summary>
    public const int MostNames = 500;

    public Task ListAsync(HttpContext context) => AnswerAsync(context, async (catalog, _, stop) =>
    {
        var (text, after, limit) = NamesQuery.Read(context.Request.Query, MostNames);
        var page = new NamePage(text, after, limit);
        var names = await catalog.PageAsync(page, stop);
        return new DataSourcesAnswer(names, names.Count == page.Limit ? names[^1] : null);
    });

    public Task DescribeAsync(HttpContext context, string name) => AnswerAsync(context, async (catalog, druid, stop) =>
    {
        var columns = await catalog.ColumnsAsync(name, stop) ?? throw Unknown(name);
        var table = DataSourceSpec.Table(name);
        var (first, last) = (await TimeBoundary.FirstAsync(druid, table, stop), await TimeBoundary.LastAsync(druid, table, stop));
        return new DataSourceAnswer(name, columns.Dimensions, columns.Metrics, first, last);
    });

    public Task ValuesAsync(
        HttpContext context, string name, string? dimension, string? part) => AnswerAsync(context, async (catalog, druid, stop) =>
    {
        if (string.IsNullOrEmpty(dimension))
            throw new AiOutliersException(ErrorKind.BadInput, "the dimension is missing: ?dimension=sensor_name");
        var columns = await catalog.ColumnsAsync(name, stop) ?? throw Unknown(name);
        if (!columns.Has(dimension))
        {
            throw new AiOutliersException(ErrorKind.BadInput,
                $"'{dimension}' is not a dimension of {name}; it has: {string.Join(", ", columns.Dimensions)}");
        }
        var last = await TimeBoundary.LastAsync(druid, DataSourceSpec.Table(name), stop) ?? 0;
        var answer = await druid.AnswerAsync(Query(name, dimension, part, last).ToUtf8Json(), stop);
        var values = Values(answer, dimension).ToArray();
        return new ValuesAnswer(dimension, [.. values.Take(MostValues)], values.Length > MostValues);
    });

    private static DruidQuery Query(string name, string dimension, string? part, long last)
    {
        var json = JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["queryType"] = "topN",
            ["dimension"] = dimension,
            ["threshold"] = MostValues + 1,
            ["metric"] = "rows",
            ["granularity"] = "all",
            ["intervals"] = new[] { $"{CanonicalTimestamp.Of(last - Week)}/{CanonicalTimestamp.Of(last + 1)}" },
            ["aggregations"] = new[] { new Dictionary<string, string> { ["type"] = "count", ["name"] = "rows" } },
            ["filter"] = string.IsNullOrEmpty(part) ? null : new Dictionary<string, object>
            {
                ["type"] = "search",
                ["dimension"] = dimension,
                ["query"] = new Dictionary<string, string> { ["type"] = "insensitive_contains", ["value"] = part },
            },
        });
        return DruidQuery.Parse(System.Text.Encoding.UTF8.GetBytes(json)) with { DataSource = DataSourceSpec.Table(name) };
    }

    /// <summary>Rows without a value have no name to choose.</summary>
    private static IEnumerable<ValueAnswer> Values(byte[] answer, string dimension)
    {
        var buckets = JsonElement.Parse(answer);
        if (buckets.ValueKind != JsonValueKind.Array || buckets.GetArrayLength() == 0)
            yield break;
        foreach (var row in buckets[0].GetProperty("result").EnumerateArray())
        {
            if (row.TryGetProperty(dimension, out var value) && value.ValueKind != JsonValueKind.Null)
                yield return new(value.ToString(), row.GetProperty("rows").GetInt64());
        }
    }

    private async Task AnswerAsync<T>(HttpContext context, Func<IDruidCatalog, IDruidSource, CancellationToken, Task<T>> answer)
    {
        try
        {
            if (source is not IDruidCatalog catalog)
                throw new AiOutliersException(ErrorKind.BadConfiguration, "no data source is configured; set [Druid] druid_endpoint");
            var told = await answer(catalog, source, context.RequestAborted);
            health.Succeeded();
            await TypedResults.Ok(told).ExecuteAsync(context);
        }
        catch (UnknownSourceException error)
        {
            await Problems.WriteAsync(context, StatusCodes.Status404NotFound, error.Message);
        }
        catch (AiOutliersException error)
        {
            health.Failed(error.Kind);
            logger.LogInformation("Failed: {Reason}", error.Message);
            await Problems.WriteAsync(context, Problems.StatusOf(error, AnalysisStage.Query), error.Message);
        }
    }

    private static UnknownSourceException Unknown(string name) => new(name);

    private sealed class UnknownSourceException(string name)
        : Exception($"'{name}' is not a data source; GET /api/v2/datasources lists them");
}
