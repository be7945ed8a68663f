using System.Text.Json;

namespace AiOutliers.Cluster.Jobs;

/// <summary>JSON that others may have written: plain texts in lists and objects, no types.</summary>
internal static class StrictJson
{
    /// <exception cref="RefusedJobException">It is anything else; with the given words.</exception>
    public static T Read<T>(string? json, string failure)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json ?? "") ?? throw new RefusedJobException(failure);
        }
        catch (JsonException)
        {
            throw new RefusedJobException(failure);
        }
    }
}
