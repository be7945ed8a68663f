namespace AiOutliers.Monitoring.Storage;

/// <summary>Locks of a PostgreSQL database: any numbers that nothing else in it takes.</summary>
internal enum DatabaseLock : long
{
    /// <summary>The schema is brought up to date, or filled from another database.</summary>
    Schema = 7_203_914_551,

    /// <summary>Series of incidents are deleted, which must not happen between the look for one and the incident that names it.</summary>
    Series = 7_203_914_553,

    /// <summary>Documents are applied: their revisions are counted.</summary>
    Documents = 7_203_914_554,

    /// <summary>Alerts are claimed.</summary>
    Outbox = 7_203_914_552,
}
