namespace AiOutliers.Detection.Series;

/// <summary>
/// What is known of a table's buckets beyond its rows. A bucket that reaches outside of <paramref name="From"/> …
/// <paramref name="Until"/> is partial: its value says nothing yet, and detectors hold it back.
/// </summary>
/// <param name="StepMilliseconds">The width of a bucket, from the query's granularity; 0 when only the rows can tell.</param>
/// <param name="From">Where the data begins, in milliseconds since 1970; null when unknown.</param>
/// <param name="Until">Up to where the data is complete, in milliseconds since 1970; null when unknown.</param>
public sealed record Coverage(long StepMilliseconds = 0, long? From = null, long? Until = null);
