using AiOutliers.Detection;

namespace AiOutliers.Engine.Analysis;

/// <summary>A failure that is understood, with the stage in which it came. The message is the user's.</summary>
public sealed class AnalysisException(AnalysisStage stage, AiOutliersException cause) : Exception(cause.Message, cause)
{
    public AnalysisStage Stage { get; } = stage;

    public ErrorKind Kind { get; } = cause.Kind;

    /// <summary>Does the work; its failure carries the stage.</summary>
    public static T AtStage<T>(AnalysisStage stage, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (AiOutliersException error)
        {
            throw new AnalysisException(stage, error);
        }
    }

    /// <inheritdoc cref="AtStage{T}"/>
    public static async Task<T> AtStageAsync<T>(AnalysisStage stage, Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (AiOutliersException error)
        {
            throw new AnalysisException(stage, error);
        }
    }
}
