using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;

namespace AiOutliers.Service.Api.V2;

/// <summary>The body of <c>POST /api/v2/detect</c>: exactly one of query, data and series.</summary>
internal sealed record DetectBody
{
    /// <summary>A Druid native query: timeseries, groupBy or topN.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Query { get; init; }

    /// <summary>A Druid response of one of them, or the objects of Druid SQL with __time.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? Data { get; init; }

    /// <summary>Which series, in the words of the traffic schema.</summary>
    public SeriesBody? Series { get; init; }

    /// <summary>Of query and data: the dimensions that make series; at most four.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>Of query and data: the most series.</summary>
    public int? Top { get; init; }

    /// <summary>Of query and data: the metrics to judge, each on its own.</summary>
    public IReadOnlyList<string>? Metrics { get; init; }

    /// <summary>As configured when missing; GET /api/v2/detectors lists them with their options.</summary>
    [AllowedValues(SeasonalScanDetector.Id, ShallowDetector.Id)]
    public string? Detector { get; init; }

    /// <summary>The deep model to run instead.</summary>
    public string? Model { get; init; }

    /// <summary>How far before the interval rows are looked at, too: auto, off, or a duration such as P14D.</summary>
    public string? History { get; init; }

    /// <summary>The detector's options.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Options { get; init; }

    /// <summary>Whether incidents are explained, and how.</summary>
    public ExplainOptions? Explain { get; init; }

    /// <summary>What the answer has of each series; both when missing.</summary>
    [AllowedValues("rows", "incidents")]
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>Only series with an incident.</summary>
    [AllowedValues("anomalous")]
    public string? Only { get; init; }
}

internal sealed record SeriesBody
{
    /// <summary>As [Traffic] data_source when missing.</summary>
    public string? DataSource { get; init; }

    /// <summary>Names of the traffic schema (bytes, flows, bps, …), or aggregators as Druid writes them.</summary>
    public required IReadOnlyList<JsonElement> Metrics { get; init; }

    /// <summary>A period such as PT5M, or a simple name such as hour.</summary>
    public required string Granularity { get; init; }

    /// <summary>ISO 8601.</summary>
    public required string Interval { get; init; }

    /// <summary>A Druid filter.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Filter { get; init; }

    /// <summary>The dimensions that make series; at most four.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>The most series, 1000 when missing: those with the most of the first metric.</summary>
    public int? Top { get; init; }

    /// <summary>Whose clock days and weekends keep to.</summary>
    public string? TimeZone { get; init; }
}
