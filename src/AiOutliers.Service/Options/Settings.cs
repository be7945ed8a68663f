using AiOutliers.Detection.Detectors.SeasonalScan;
using AiOutliers.Models.Keras;

namespace AiOutliers.Service.Options;

/// <summary>Everything that <c>config.ini</c> and the environment say, checked. docs/configuration.md lists every key.</summary>
public sealed record Settings
{
    public required ServerSettings Server { get; init; }
    public required OutlierSettings Outliers { get; init; }
    public required HistorySettings History { get; init; }
    public required ShallowSettings Shallow { get; init; }
    public required SeasonalScanOptions SeasonalScan { get; init; }
    public required ModelSettings Models { get; init; }
    public required ClusterSettings Cluster { get; init; }
    public required TrainingSettings Training { get; init; }

    /// <summary>A broker's URL, or <c>duckdb:FOLDER</c>; null when unset: then only requests that bring their data can be answered.</summary>
    public string? DruidEndpoint { get; init; }

    /// <summary>How long after its end a bucket may still grow: rows take a while until Druid can count them.</summary>
    public TimeSpan IngestionDelay { get; init; }

    /// <summary>The most time that a query may ask for by <c>context.timeout</c>.</summary>
    public TimeSpan LongestQuery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Structured log lines (JSON) are appended here as well as to the console; null means console only.</summary>
    public string? LogFile { get; init; }

    /// <summary>What is odd but no reason to stop: unknown keys.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <param name="Address">The address to listen on.</param>
/// <param name="Port">TCP port, 0 to 65535; 0 takes a free one.</param>
/// <param name="ErrorStatus">The HTTP status of a failure in version 1 of the interface.</param>
/// <param name="MaxBodyBytes">Larger request bodies are refused with 413.</param>
/// <param name="HealthPort">Where health and metrics are answered as well, on a listener of their own; null: nowhere else.</param>
/// <param name="ReadyGrace">Not ready when the data source has been failing for so long; zero: ready all the same.</param>
public sealed record ServerSettings(
    string Address, int Port, int ErrorStatus, long MaxBodyBytes, int? HealthPort, TimeSpan ReadyGrace);

/// <param name="Metric">The metric that the verdict is about, when nobody says and the rows have it.</param>
/// <param name="DefaultDetector">The detector that runs when no deep model applies.</param>
public sealed record OutlierSettings(string Metric, string DefaultDetector);

/// <param name="Sensitivity">0 (nothing is an anomaly) to 1.</param>
/// <param name="Contamination">The expected share of anomalies, above 0, at most 0.5.</param>
public sealed record ShallowSettings(double Sensitivity, double Contamination);

/// <param name="Path">The local model folder.</param>
/// <param name="MaxLoaded">Models kept in memory; the least recently used goes first.</param>
public sealed record ModelSettings(string Path, int MaxLoaded);

/// <param name="Epochs">Passes over the data when a model that exists is trained further.</param>
/// <param name="BatchSize">Slices per step.</param>
/// <param name="BackupPath">Where a model's files go before it is trained on; null takes the folder <c>backups</c> in the model folder.</param>
/// <param name="NewLayout">Which Keras a new model's file is written for.</param>
public sealed record TrainingSettings(int Epochs, int BatchSize, string? BackupPath, KerasLayout NewLayout);
