namespace AiOutliers.Monitoring.Storage;

/// <summary>Clocks of nodes differ, and may be wrong by years.</summary>
internal static class WrongClock
{
    /// <summary>Clocks that are right differ by less. A time beyond that in the database was written by a clock that was ahead.</summary>
    public const long Tolerance = 3_600_000;
}
