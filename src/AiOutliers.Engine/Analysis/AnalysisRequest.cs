using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Series;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Engine.Analysis;

/// <summary>One question: a query, or rows that are brought along; and how it is to be answered.</summary>
public sealed record AnalysisRequest
{
    /// <summary>A Druid native query, UTF-8 JSON; ignored when there is data.</summary>
    public ReadOnlyMemory<byte>? Query { get; init; }

    /// <summary>A Druid response, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>Rows that are here already.</summary>
    public MetricTable? Table { get; init; }

    /// <summary>Of these rows, those before this time are history, in milliseconds since 1970.</summary>
    public long? AskedFrom { get; init; }

    /// <summary>What rows at hand came from, the same for the same series: a part of the incidents' ids. Null takes the query.</summary>
    public string? Origin { get; init; }

    /// <summary>What judges when no model does; null takes the configured detector.</summary>
    public IDetector? Detector { get; init; }

    /// <summary>The name of the model to use, if the caller names one.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// Options, by name, that only a detector without a model honours: a request with any of them is refused when a model would run.
    /// </summary>
    public IReadOnlyList<string> WithoutModelOnly { get; init; } = [];

    /// <summary>Whether the sensor of the query's filter may choose the model.</summary>
    public bool ModelOfSensor { get; init; } = true;

    /// <summary>What the verdicts are about: a metric, or several separated by commas; null chooses one.</summary>
    public string? Metrics { get; init; }

    /// <summary>Up to where the data is complete; null means now, less the configured delay.</summary>
    public DateTimeOffset? CompleteUntil { get; init; }

    /// <summary>How far before the query's interval rows are looked at, too; null takes the configured span.</summary>
    public HistorySpan? History { get; init; }

    /// <summary>Only the rows of so long before the end are answered for; those before are history.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>Whether the answer says why each row was found anomalous; incidents always do.</summary>
    public bool ExplainsRows { get; init; } = true;

    /// <summary>Asks the data source for everything, whatever is in memory.</summary>
    public bool Anew { get; init; }
}
