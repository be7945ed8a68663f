using System.Globalization;
using AiOutliers.Detection;

namespace AiOutliers.Models.Store;

/// <summary>What versions of a model are called, which of them is meant, and whether two are the same.</summary>
internal static class ModelVersions
{
    private const string VersionFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <param name="versions">Those that are kept, the newest first.</param>
    /// <param name="name">The model.</param>
    /// <param name="id">The version; null means the newest one that is older than what is latest now.</param>
    /// <exception cref="AiOutliersException">There is none.</exception>
    public static ModelVersion Chosen(IReadOnlyList<ModelVersion> versions, string name, string? id)
    {
        if (versions.Count == 0)
            throw new AiOutliersException(ErrorKind.BadInput, $"no version of '{ModelName.Printable(name)}' is kept");
        var chosen = id is null
            ? versions.SkipWhile(static version => !version.IsLatest).Skip(1).FirstOrDefault()
                ?? (versions.Any(static version => version.IsLatest) ? null : versions[0])
            : versions.FirstOrDefault(version => version.Id == id);
        return chosen ?? throw new AiOutliersException(ErrorKind.BadInput, id is null
            ? $"no version of '{name}' is older than the latest"
            : $"'{ModelName.Printable(id)}' is not a version of '{name}'; `rb-aioutliers models versions {name}` lists them");
    }

    /// <summary>The time; later by a millisecond where that version exists, so that no version is ever written over.</summary>
    public static string Free(DateTimeOffset time, IReadOnlyList<ModelVersion> versions)
    {
        var taken = versions.Select(version => version.Id).ToHashSet(StringComparer.Ordinal);
        while (taken.Contains(time.ToString(VersionFormat, CultureInfo.InvariantCulture)))
            time = time.AddMilliseconds(1);
        return time.ToString(VersionFormat, CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// By size and content's tag; in a folder, where tags hold the time of writing, copies have the time of their source.
    /// </summary>
    public static bool AreSame(IReadOnlyList<StoredObject> one, IReadOnlyList<StoredObject> other) =>
        Tags(one).SequenceEqual(Tags(other));

    private static IEnumerable<(string File, string ETag)> Tags(IEnumerable<StoredObject> files) =>
        files.Select(static file => (StoredModel.FileName(file), file.ETag)).Order();
}
