using AiOutliers.Detection.Series;

namespace AiOutliers.Engine.Training;

/// <summary>One model to train. What is null is the model's own, or the configuration's.</summary>
/// <param name="Name">The model: its files' common name.</param>
public sealed record TrainingRequest(string Name)
{
    /// <summary>The sensors whose data it is trained on, each a series of its own; empty: as the filter says.</summary>
    public IReadOnlyList<string> Sensors { get; init; } = [];

    /// <summary>A Druid filter (JSON).</summary>
    public string? Filter { get; init; }

    /// <summary>The metric columns of a new model, without granularity.</summary>
    public IReadOnlyList<string>? Metrics { get; init; }

    public int? Epochs { get; init; }

    public int? BatchSize { get; init; }

    public double? LearningRate { get; init; }

    /// <summary>Rows from slice to slice of a new model; a slice has twice as many.</summary>
    public int? Window { get; init; }

    public ulong Seed { get; init; } = 42;

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Responses at hand: nothing is fetched. Null fetches.</summary>
    public IReadOnlyList<MetricTable>? Data { get; init; }

    /// <summary>Learn from rows that the default detector flags, too.</summary>
    public bool KeepAnomalies { get; init; }

    /// <summary>Copy the old files aside; not needed where the store keeps them as a version.</summary>
    public bool Backup { get; init; } = true;

    /// <summary>How many cores training may use.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
