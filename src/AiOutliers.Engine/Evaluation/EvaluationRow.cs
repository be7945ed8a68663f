namespace AiOutliers.Engine.Evaluation;

/// <summary>One score of one detector on one series.</summary>
/// <param name="File">The series.</param>
/// <param name="Detector">The detector's registered id.</param>
/// <param name="Score">The score's name.</param>
/// <param name="Rows">Rows of the series.</param>
/// <param name="Figures">How well it does. What is about the verdict is the same for all scores of a detector.</param>
/// <param name="Note">Why there was no verdict, or no result at all; null when there was.</param>
public sealed record EvaluationRow(LabelledFile File, string Detector, string Score, int Rows, EvaluationFigures Figures, string? Note)
{
    /// <summary>What a mean is over: a detector, or a detector and one of its scores.</summary>
    public string Judge => Score == DefaultScore ? Detector : $"{Detector} {Score}";

    /// <summary>The name of the score of a detector that has one.</summary>
    private const string DefaultScore = "score";
}
