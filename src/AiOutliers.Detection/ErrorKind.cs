namespace AiOutliers.Detection;

/// <summary>Whose mistake it was, and therefore who has to act.</summary>
public enum ErrorKind
{
    /// <summary>The caller's data or query cannot be used as it is.</summary>
    BadInput,

    /// <summary>The request is right, but something else depends on what it would take away.</summary>
    InUse,

    /// <summary>The data can be read, and there is nothing in it, or in the time asked for, that could be judged.</summary>
    NothingToJudge,

    /// <summary>The operator's configuration is wrong.</summary>
    BadConfiguration,

    /// <summary>A model file is broken, or uses something that is not supported.</summary>
    UnusableModel,

    /// <summary>Druid (or the embedded engine) refused the query, failed, or did not answer in time.</summary>
    SourceFailed,

    /// <summary>The model store, the job queue or the registry refused, failed, or did not answer in time.</summary>
    ClusterFailed,
}
