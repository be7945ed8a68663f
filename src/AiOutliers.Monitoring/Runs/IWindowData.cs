using AiOutliers.Engine.Analysis;
using AiOutliers.Monitoring.Incidents;

namespace AiOutliers.Monitoring.Runs;

/// <summary>The data of a window and what was before it, from wherever it comes.</summary>
internal interface IWindowData
{
    /// <summary>The rows of all entities, by the time of the bucket.</summary>
    IReadOnlyDictionary<long, double> Rows { get; }

    /// <summary>Rows of the data source's answers.</summary>
    long RowsAnswered { get; }

    /// <summary>What went otherwise than wanted; null where nothing did.</summary>
    string? Warning { get; }

    /// <summary>Gets what is missing before the window can be judged.</summary>
    Task PrepareAsync(CancellationToken cancellation);

    /// <summary>Judges each entity.</summary>
    /// <param name="request">How.</param>
    /// <param name="empty">A result without findings.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<WindowVerdict> JudgeAsync(AnalysisRequest request, WindowResult empty, CancellationToken cancellation);
}
