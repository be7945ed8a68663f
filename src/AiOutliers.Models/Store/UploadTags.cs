using AiOutliers.Detection;

namespace AiOutliers.Models.Store;

/// <summary>
/// Whether a model's files, which are written one by one, belong together. Ours bear the tag of their upload; the Python service and people
/// write without one, and the Python service leaves a filter of ours as it is.
/// </summary>
internal static class UploadTags
{
    /// <summary>Files without a tag that are younger than this may have siblings that are still under way.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    /// <summary>An upload of ours is tried for two minutes; later, nothing more comes.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(3);

    /// <param name="model">The model as it was listed.</param>
    /// <param name="tags">By ending; null for a file without a tag, empty where sets appear at once.</param>
    /// <param name="age">How long ago the last file was written.</param>
    /// <returns>False while an upload may be under way.</returns>
    /// <exception cref="AiOutliersException">They are of different uploads, and nothing more comes.</exception>
    public static bool BelongTogether(StoredModel model, IReadOnlyDictionary<string, string?> tags, TimeSpan age)
    {
        var (network, profile) = (tags.GetValueOrDefault(ModelFileNames.Network), tags.GetValueOrDefault(ModelFileNames.Profile));
        if (tags.Values.Distinct(StringComparer.Ordinal).Count() == 1)
            return network is not null || age > Settled;
        if (age <= Settled)
            return false;
        // What a filter of another upload says still holds for a network that was trained further; the caller loads all three.
        if (network == profile && (network is null || tags.GetValueOrDefault(ModelFileNames.Filter) is null))
            return true;
        return age <= Abandoned ? false : throw new AiOutliersException(ErrorKind.UnusableModel,
            $"the files of the model '{model.Name}' in the store are of different uploads ({Words(model.Name, tags)}); "
            + "upload all of them again, or train it again");
    }

    private static string Words(string model, IReadOnlyDictionary<string, string?> tags) =>
        string.Join(
            ", ", tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{model}{tag.Key}: {Words(tag.Value)}"));

    private static string Words(string? tag) => tag is null ? "without a tag" : ModelName.Printable(tag);
}
