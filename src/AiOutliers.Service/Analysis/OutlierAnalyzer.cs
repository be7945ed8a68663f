using System.Text.Json;
using System.Text.Json.Nodes;
using AiOutliers.Detection;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Druid;
using AiOutliers.Druid.Responses;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Analysis;

/// <summary>The main job: from a query, or a response at hand, to scores, verdicts and expected values. The same for HTTP and the command line.</summary>
/// <param name="source">Null when no data source is configured; then only requests that bring their data can be answered.</param>
internal sealed class OutlierAnalyzer(Settings settings, IDruidSource? source, ILogger<OutlierAnalyzer> logger)
{
    private readonly IDetector _defaultDetector = DetectorCatalog.Create(settings.Outliers.DefaultDetector, settings.Shallow);

    /// <exception cref="AnalysisException">Any failure that is understood, with its stage.</exception>
    public async Task<AnalysisReport> AnalyzeAsync(AnalysisRequest request, CancellationToken cancellation)
    {
        MetricTable table;
        if (request.Data is { } data)
        {
            table = AtStage(AnalysisStage.Data, () => DruidResponseReader.Read(data.Span));
        }
        else if (request.Query is { } text)
        {
            var query = AtStage(AnalysisStage.Query, () => ParseQuery(text));
            table = await FetchAsync(query, cancellation);
        }
        else
        {
            throw new AnalysisException(AnalysisStage.Data, new(ErrorKind.BadInput,
                "the form has neither a field 'query' (base64 of a Druid native query) nor a field 'data' (base64 of a Druid timeseries response)"));
        }
        var report = AtStage(AnalysisStage.Detection, () => Detect(table, null, cancellation));
        foreach (var warning in report.Table.Warnings.Concat(report.Result.Warnings))
            logger.LogWarning("{Warning}", warning);
        return report;
    }

    /// <summary>Judges rows that are already here.</summary>
    /// <exception cref="AiOutliersException">The rows cannot be judged by this detector.</exception>
    public AnalysisReport Detect(MetricTable table, string? metric, CancellationToken cancellation)
    {
        if (table.Rows == 0)
            throw new AiOutliersException(ErrorKind.BadInput, "the data has no rows; check the query's interval, its data source and its filter");
        metric ??= MetricChoice.Of(table);
        return new(table, metric, _defaultDetector.Name, null, _defaultDetector.Detect(table, metric, cancellation));
    }

    private async Task<MetricTable> FetchAsync(JsonObject query, CancellationToken cancellation)
    {
        try
        {
            if (source is null)
            {
                throw new AiOutliersException(ErrorKind.SourceFailed,
                    "no data source is configured; set [Druid] druid_endpoint to the broker's URL or to duckdb:FOLDER, or send the rows in the field 'data'");
            }
            return await source.QueryAsync(JsonSerializer.SerializeToUtf8Bytes(query, JsonSerializerOptions.Default), cancellation);
        }
        catch (AiOutliersException error)
        {
            throw new AnalysisException(AnalysisStage.Query, error);
        }
    }

    private static JsonObject ParseQuery(ReadOnlyMemory<byte> text)
    {
        try
        {
            return JsonNode.Parse(text.Span, documentOptions: new() { MaxDepth = 64 }) as JsonObject
                ?? throw new AiOutliersException(ErrorKind.BadInput, "the query is no JSON object; a Druid native query is expected");
        }
        catch (JsonException error)
        {
            throw new AiOutliersException(ErrorKind.BadInput, $"the query is no valid JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine})", error);
        }
    }

    private static T AtStage<T>(AnalysisStage stage, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (AiOutliersException error)
        {
            throw new AnalysisException(stage, error);
        }
    }
}
