namespace AiOutliers.Monitoring.Documents;

/// <summary>What is wrong with a document.</summary>
/// <param name="Source">The file, or what else the text came from.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Key">Where, such as <c>spec.detector.sensitivity</c>.</param>
/// <param name="Message">What is wrong, and what is allowed.</param>
public sealed record DocumentProblem(string Source, long Line, string Key, string Message)
{
    public override string ToString() => $"{Source}:{Line}: {(Key.Length == 0 ? "" : Key + " ")}{Message}";
}
