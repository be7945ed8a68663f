using AiOutliers.Detection.Detectors.Deep;
using AiOutliers.Detection.Neural.Training;

namespace AiOutliers.Engine.Training;

/// <summary>What came of a training.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="IsNew">There was no such model before.</param>
/// <param name="Rows">Rows that it was trained on, all granularities together.</param>
/// <param name="ValidationRows">Later rows that it was judged by; none when it is trained further.</param>
/// <param name="LeftOutRows">Rows that lacked a metric or were anomalous.</param>
/// <param name="LossBefore">The mean loss over the training rows before.</param>
/// <param name="LossAfter">The same afterwards.</param>
/// <param name="Threshold">What the two numbers of the <c>.ini</c> make of it: avg_loss + 5·std_loss.</param>
/// <param name="Training">The epochs, and why they ended.</param>
/// <param name="Duration">From the first query to the files.</param>
public sealed record TrainingOutcome(
    string Model, bool IsNew,
    int Rows, int ValidationRows, int LeftOutRows,
    double LossBefore, double LossAfter, double Threshold, TrainingResult Training, TimeSpan Duration)
{
    /// <summary>False when it was stopped: the old files are as they were.</summary>
    public bool IsSaved => Training.End != TrainingEnd.Cancelled;

    /// <summary>Where the files are that were there before; null for a new model.</summary>
    public string? Backup { get; init; }

    /// <summary>
    /// How a new model does beside the default detector; null when it was trained further, or too few rows were kept for validation.
    /// </summary>
    public ModelComparison? Comparison { get; init; }

    /// <summary>What was odd with the data.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
