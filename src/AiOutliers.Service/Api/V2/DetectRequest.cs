using AiOutliers.Detection.Detectors;
using AiOutliers.Druid.Query;
using AiOutliers.Engine.Analysis.History;

namespace AiOutliers.Service.Api.V2;

/// <summary>What <c>POST /api/v2/detect</c> was asked, checked.</summary>
internal sealed record DetectRequest
{
    /// <summary>What fetches the rows; null where they are brought along.</summary>
    public DruidQuery? Query { get; init; }

    /// <summary>Rows, as bytes of the body.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>The member that says where rows come from: query, data or series.</summary>
    public required string From { get; init; }

    /// <summary>The dimensions that make series; null lets the query or the rows decide.</summary>
    public IReadOnlyList<string>? By { get; init; }

    /// <summary>The most series; null: all.</summary>
    public int? Top { get; init; }

    /// <summary>The judged metrics; null chooses one.</summary>
    public IReadOnlyList<string>? Metrics { get; init; }

    /// <summary>What judges without a model; null takes the configured one.</summary>
    public IDetector? Detector { get; init; }

    public string? Model { get; init; }

    public HistorySpan? History { get; init; }

    /// <summary>Whose clock days keep to; null: as configured.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>How incidents are explained; null where they are not.</summary>
    public ExplainMember? Explain { get; init; }

    /// <summary>Whether the answer has the rows of its series.</summary>
    public bool WithRows { get; init; }

    /// <summary>Whether the answer has incidents.</summary>
    public bool WithIncidents { get; init; }

    /// <summary>Whether the answer has anomalous series only.</summary>
    public bool OnlyAnomalous { get; init; }
}
