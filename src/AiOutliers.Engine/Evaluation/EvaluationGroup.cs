namespace AiOutliers.Engine.Evaluation;

/// <summary>Series that a mean is taken over.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Series">How many they are.</param>
/// <param name="Labelled">How many of them have a label: only these count for what is measured against labels.</param>
/// <param name="Means">The means of every judge.</param>
public sealed record EvaluationGroup(string Name, int Series, int Labelled, IReadOnlyList<(string Judge, EvaluationFigures Mean)> Means)
{
    /// <summary>How many series, in words.</summary>
    public string Size => Labelled == Series ? $"{Series}" : $"{Series}, {Labelled} labelled";
}
