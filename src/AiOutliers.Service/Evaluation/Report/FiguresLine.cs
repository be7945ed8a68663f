using AiOutliers.Engine.Evaluation;

namespace AiOutliers.Service.Evaluation.Report;

/// <summary>A line of a table of figures.</summary>
/// <param name="Leading">What stands before the detector, as HTML.</param>
/// <param name="Judge">The detector and its score.</param>
/// <param name="Figures">What is shown.</param>
/// <param name="File">The series, where the line is about one: then the best published figure can stand beside.</param>
internal sealed record FiguresLine(string[] Leading, string Judge, EvaluationFigures Figures, LabelledFile? File = null);
