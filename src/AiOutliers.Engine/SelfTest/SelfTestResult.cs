using AiOutliers.Engine.Analysis;

namespace AiOutliers.Engine.SelfTest;

/// <param name="Cases">In order of kind and size.</param>
/// <param name="IncidentsUntouched">Incidents in the series as it came: false ones, or real ones that nobody labelled.</param>
public sealed record SelfTestResult(IReadOnlyList<SelfTestCase> Cases, int IncidentsUntouched)
{
    /// <summary>The rows that were asked for.</summary>
    public required ReadSummary Read { get; init; }

    /// <summary>What was disturbed.</summary>
    public required string Metric { get; init; }

    /// <summary>The detector that was tested: its id, or the model's name.</summary>
    public required string Detector { get; init; }

    /// <summary>The rows of the series, with those from before the query.</summary>
    public required int Rows { get; init; }

    /// <summary>The width of a bucket, in milliseconds.</summary>
    public required long StepMilliseconds { get; init; }

    /// <summary>How long the series is; NaN when the step between its rows is unknown.</summary>
    public required double Days { get; init; }
}
