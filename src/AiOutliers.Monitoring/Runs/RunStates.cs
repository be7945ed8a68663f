namespace AiOutliers.Monitoring.Runs;

/// <summary>How the run of a window stands.</summary>
public static class RunStates
{
    /// <summary>The data is not complete yet: it is asked again.</summary>
    public const string Waiting = "waiting";

    /// <summary>Something failed: it is tried again.</summary>
    public const string Failed = "failed";

    public const string Done = "done";

    /// <summary>Waited long enough, and judged what is there.</summary>
    public const string Incomplete = "incomplete";

    public const string NoData = "no-data";

    /// <summary>Missed for so long that it is not made up for.</summary>
    public const string Skipped = "skipped";
}
