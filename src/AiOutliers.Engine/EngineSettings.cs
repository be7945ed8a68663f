using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Druid.Building;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Engine.Training;

namespace AiOutliers.Engine;

/// <summary>What is configured about the way from a request to an answer. What is not said is as docs/configuration.md has it.</summary>
public sealed record EngineSettings
{
    /// <summary>The metric that the verdict is about, when nobody says and the rows have it.</summary>
    public string Metric { get; init; } = "bytes";

    /// <summary>The detector that runs when no deep model applies.</summary>
    public string DefaultDetector { get; init; } = DetectorCatalog.Default;

    public SeasonalScanOptions SeasonalScan { get; init; } = new();

    public ShallowOptions Shallow { get; init; } = new();

    /// <summary>What the data source calls its columns, and what models learn.</summary>
    public TrafficSchema Traffic { get; init; } = new();

    public HistorySettings History { get; init; } = new();

    public TrainingSettings Training { get; init; } = new();

    /// <summary>How long after its end a bucket may still grow: rows take a while until Druid can count them.</summary>
    public TimeSpan IngestionDelay { get; init; }
}
