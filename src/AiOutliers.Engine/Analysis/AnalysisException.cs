using AiOutliers.Detection;

namespace AiOutliers.Engine.Analysis;

/// <summary>A failure that is understood, with the stage in which it came. The message is the user's.</summary>
public sealed class AnalysisException(AnalysisStage stage, AiOutliersException cause) : Exception(cause.Message, cause)
{
    public AnalysisStage Stage { get; } = stage;

    public ErrorKind Kind { get; } = cause.Kind;
}
