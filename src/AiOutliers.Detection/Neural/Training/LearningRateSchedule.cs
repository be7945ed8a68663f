namespace AiOutliers.Detection.Neural.Training;

/// <summary>How the learning rate changes from step to step.</summary>
public enum LearningRateSchedule
{
    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>Half a cosine from the full rate to 0 over all steps (Loshchilov, Hutter: SGDR, 2017, without restarts).</summary>
    Cosine,
}
