namespace AiOutliers.Monitoring.Storage;

/// <summary>Locks of a PostgreSQL database: any numbers that nothing else in it takes.</summary>
internal enum DatabaseLock : long
{
    /// <summary>The schema is brought up to date, or filled from another database.</summary>
    Schema = 7_203_914_551,

    /// <summary>Alerts are claimed.</summary>
    Outbox = 7_203_914_552,
}
