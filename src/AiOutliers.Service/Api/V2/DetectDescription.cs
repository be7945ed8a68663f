using System.Text.Json;

namespace AiOutliers.Service.Api.V2;

/// <summary>The body of <c>POST /api/v2/detect</c>: exactly one of query, data and series.</summary>
internal sealed record DetectBody
{
    /// <summary>A Druid native query: timeseries, groupBy or topN.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Query { get; init; }

    /// <summary>A Druid response of one of them, or the objects of Druid SQL with __time.</summary>
    public IReadOnlyList<JsonElement>? Data { get; init; }

    /// <summary>Which series, in the words of the traffic schema.</summary>
    public SeriesBody? Series { get; init; }

    /// <summary>Of query and data: the dimensions that make series; at most four.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>Of query and data: the most series.</summary>
    public int? Top { get; init; }

    /// <summary>Of query and data: the judged metrics, each by itself.</summary>
    public IReadOnlyList<string>? Metrics { get; init; }

    /// <summary>seasonal-scan or shallow; GET /api/v2/detectors lists them.</summary>
    public string? Detector { get; init; }

    /// <summary>The deep model to run instead.</summary>
    public string? Model { get; init; }

    /// <summary>How far before the interval rows are looked at, too: auto, off, or a duration such as P14D.</summary>
    public string? History { get; init; }

    /// <summary>The detector's options.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Options { get; init; }

    /// <summary>Whether incidents are explained, and how.</summary>
    public ExplainOptions? Explain { get; init; }

    /// <summary>rows, incidents; both when missing.</summary>
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>anomalous: only series with an incident.</summary>
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

/// <summary>The answer; times are milliseconds since 1970, what is missing is null.</summary>
internal sealed record DetectAnswer(
    string? Detector, string? Model, string? Granularity, AnswerInterval Interval, AnswerHistory History,
    IReadOnlyList<AnswerSeries> Series, AnswerCounts Counts, IReadOnlyList<string> Warnings, AnswerTimes Milliseconds);

internal sealed record AnswerInterval(long? From, long? To);

/// <param name="From">The first row before the asked ones.</param>
/// <param name="Rows">The most rows that a series has before the asked ones.</param>
/// <param name="Cached">Whether they came from memory.</param>
internal sealed record AnswerHistory(long? From, int Rows, bool Cached);

/// <param name="Key">The values of the dimensions; one without a value is left out.</param>
/// <param name="Metric">The judged metric; null where the series could not be judged at all.</param>
/// <param name="Judged">Whether there is a verdict.</param>
/// <param name="NotJudged">Why there is none.</param>
/// <param name="Rows">Where include has rows.</param>
/// <param name="Incidents">Where include has incidents.</param>
internal sealed record AnswerSeries(
    IReadOnlyDictionary<string, string> Key, string? Metric, bool Judged, string? NotJudged,
    AnswerRows? Rows = null, IReadOnlyList<AnswerIncident>? Incidents = null);

internal sealed record AnswerRows(
    IReadOnlyList<long> Time, IReadOnlyList<double?> Value, IReadOnlyList<double?> Expected, IReadOnlyList<double?>? Lower,
    IReadOnlyList<double?>? Upper, IReadOnlyList<double?> Score, IReadOnlyList<double?>? Severity, IReadOnlyList<bool> Anomalous,
    IReadOnlyDictionary<string, IReadOnlyList<double?>> Scores, IReadOnlyList<AnswerReason> Reasons);

internal sealed record AnswerReason(long Time, IReadOnlyList<string> Alarms, string Reason);

internal sealed record AnswerIncident(
    string Id, string Kind, IReadOnlyList<string> Alarms, long Start, long End, bool Ongoing, double Severity, AnswerPeak? Peak,
    double? Area, string Reason, ExplainAnswer? Causes = null);

internal sealed record AnswerPeak(long Time, double? Value, double? Expected);

/// <param name="Series">Series, one a key and metric.</param>
/// <param name="Judged">Those with a verdict.</param>
/// <param name="Anomalous">Those with an incident in the asked time.</param>
internal sealed record AnswerCounts(int Series, int Judged, int Anomalous);

internal sealed record AnswerTimes(double Source, double Detection);
