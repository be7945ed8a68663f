namespace AiOutliers.Detection.Detectors.Deep;

/// <summary>What a model's <c>.ini</c> says: the columns that it takes, how long its slices are, and what an ordinary loss is.</summary>
public sealed record AutoencoderProfile
{
    /// <summary>The one metric column that is not asked for: minutes from row to row. Model files name it.</summary>
    public const string Granularity = FeatureMatrix.Granularity;

    /// <summary>The metric columns, in the order of the network's input.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>The calendar columns after them: <c>minute</c> and <c>weekday_0</c> (Monday) to <c>weekday_6</c>.</summary>
    public required IReadOnlyList<string> Calendar { get; init; }

    /// <summary>The mean loss on ordinary data, in rescaled units.</summary>
    public required double AverageLoss { get; init; }

    /// <summary>The standard deviation of the loss on ordinary data, in rescaled units.</summary>
    public required double LossDeviation { get; init; }

    /// <summary>Rows from the start of one slice to the start of the next.</summary>
    public required int WindowSize { get; init; }

    /// <summary>Windows per slice.</summary>
    public required int Windows { get; init; }

    /// <summary>
    /// Whether weekdays are encoded truly. Models of the service that this one replaces were trained without the column of the lowest
    /// weekday in each response: for data within one day all seven are 0.
    /// </summary>
    public bool TrueWeekdays { get; init; }

    /// <summary>The sensor that the model was trained for, where the file says so.</summary>
    public string? Sensor { get; init; }

    /// <summary>
    /// What is ordinary for each metric, per granularity; empty in models that were not trained here: they have only the two numbers.
    /// </summary>
    public IReadOnlyList<ResidualStatistics> Residuals { get; init; } = [];

    /// <summary>How the model did beside the default detector when it was new; null when it was not compared.</summary>
    public ModelComparison? Comparison { get; init; }

    /// <summary>How many standard deviations above the mean a loss must be; the original rule's 5.</summary>
    public double LimitDeviations { get; init; } = 5;

    /// <summary>Rows per slice.</summary>
    public int SliceRows => WindowSize * Windows;

    public int Columns => Metrics.Count + Calendar.Count;

    /// <summary>Without <see cref="Residuals"/>, a row is an anomaly when its loss exceeds this.</summary>
    public double Threshold => AverageLoss + LimitDeviations * LossDeviation;
}
