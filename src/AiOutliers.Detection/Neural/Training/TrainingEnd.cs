namespace AiOutliers.Detection.Neural.Training;

/// <summary>Why training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All epochs were run.</summary>
    Finished,

    /// <summary>The loss did not improve any more.</summary>
    StoppedEarly,

    /// <summary>The caller asked for it.</summary>
    Cancelled,
}
