using AiOutliers.Detection.Detectors;
using AiOutliers.Detection.Detectors.Seasonal;
using AiOutliers.Engine;
using AiOutliers.Engine.Analysis.History;
using AiOutliers.Engine.Training;
using AiOutliers.Models.Keras;

namespace AiOutliers.Service.Options;

/// <summary>The sections that say how requests are answered: detectors, history, training.</summary>
internal static class EngineSection
{
    private const string Outliers = "Outliers";

    private static readonly EngineSettings Defaults = new();

    public static EngineSettings Read(SectionReader reader, IReadOnlyCollection<string> detectors) => new()
    {
        Metric = reader.Text(Outliers, "metric", Defaults.Metric),
        DefaultDetector = reader.Choice(Outliers, "default_detector", Defaults.DefaultDetector, detectors),
        SeasonalScan = ReadSeasonalScan(reader),
        Shallow = reader.Options("ShallowOutliers", ShallowOptions.All, Defaults.Shallow),
        Traffic = TrafficSection.Read(reader),
        History = ReadHistory(reader),
        Training = ReadTraining(reader),
        IngestionDelay = TimeSpan.FromSeconds(reader.Integer("Druid", "ingestion_delay_seconds", 0, 0, 86_400)),
    };

    /// <summary>The time zone is not the detector's alone.</summary>
    private static SeasonalScanOptions ReadSeasonalScan(SectionReader reader)
    {
        var ofPlace = SeasonalScanOptions.All.ToLookup(static option => option.Name == "time_zone");
        var options = reader.Options("SeasonalScan", ofPlace[false], Defaults.SeasonalScan);
        return reader.Options(Outliers, ofPlace[true], options);
    }

    private static HistorySettings ReadHistory(SectionReader reader)
    {
        var defaults = Defaults.History;
        var text = reader.Text(Outliers, "history", "auto");
        if (!HistorySpan.TryParse(text, out var span))
            reader.Reject(Outliers, "history", text, HistorySpan.Allowed);
        var megabytes = reader.Integer(Outliers, "history_cache_megabytes", (int)(defaults.CacheBytes >> 20), 0, 1_000_000);
        var rows = reader.Integer(Outliers, "history_rows", defaults.Rows, 1, 1_000_000);
        return new() { Span = span, Rows = rows, CacheBytes = (long)megabytes << 20 };
    }

    private static TrainingSettings ReadTraining(SectionReader reader) => new()
    {
        Epochs = reader.Integer(Outliers, "epochs", Defaults.Training.Epochs, 1, 100_000),
        BatchSize = reader.Integer(Outliers, "batch_size", Defaults.Training.BatchSize, 1, 65_536),
        BackupPath = reader.Text(Outliers, "backup_path"),
        BackupKeep = reader.Integer(Outliers, "backup_keep", Defaults.Training.BackupKeep, 0, 100_000),
        NewLayout = reader.Choice("Models", "keras_format", "2", ["2", "3"]) == "2" ? KerasLayout.Keras2 : KerasLayout.Keras3,
    };
}
