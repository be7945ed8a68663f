using System.Globalization;
using Hangfire.Storage;

namespace AiOutliers.Cluster.Jobs;

/// <summary>A count that is kept beside a job; what is not a number that was written here reads as 0.</summary>
internal static class JobNumber
{
    /// <summary>Attempts, and those of them that began and have not ended.</summary>
    public const string Attempts = "Attempts", Begun = "Begun";

    public static int Read(IStorageConnection connection, string job, string name) =>
        int.TryParse(connection.GetJobParameter(job, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>By the holder of the job's lease only, so that nothing is counted twice.</summary>
    public static void Add(IStorageConnection connection, string job, string name, int more = 1) =>
        connection.SetJobParameter(
            job, name, Math.Max(0L, Read(connection, job, name) + (long)more).ToString(CultureInfo.InvariantCulture));
}
