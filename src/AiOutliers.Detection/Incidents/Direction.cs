namespace AiOutliers.Detection.Incidents;

/// <summary>Which deviations are of interest.</summary>
public enum Direction
{
    Both,

    /// <summary>Only values above the usual.</summary>
    Up,

    /// <summary>Only values below the usual.</summary>
    Down,
}
