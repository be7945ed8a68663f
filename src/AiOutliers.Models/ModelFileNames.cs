using AiOutliers.Models.Folder;

namespace AiOutliers.Models;

/// <summary>
/// The names of a model's files: <c>NAME.keras</c>, <c>NAME.ini</c> and, for a model that is trained further, <c>NAME_filter.json</c>.
/// </summary>
public static class ModelFileNames
{
    public const string Network = ".keras", Profile = ".ini", Filter = "_filter.json";

    /// <summary>In the order in which files are stored: the profile comes last and shows that the others are there.</summary>
    public static IReadOnlyList<string> Endings { get; } = [Network, Filter, Profile];

    /// <summary>The model that a file belongs to, by its ending; null for any other file and for a name that no model may have.</summary>
    public static string? ModelOf(string file) =>
        EndingOf(file) is { } ending && file[..^ending.Length] is var name && ModelName.IsUsable(name) ? name : null;

    /// <summary>Which of <see cref="Endings"/> a file has; null for any other file.</summary>
    public static string? EndingOf(string file) => Endings.FirstOrDefault(ending => file.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>The paths of a model's files in a folder, those of an unfinished replacement included.</summary>
    public static IReadOnlyList<string> In(string folder, string name) =>
        [.. Endings.Select(ending => FileSwap.PathOf(folder, name, name + ending)).Where(File.Exists)];

    /// <summary>Network and profile are there; the filter is optional.</summary>
    public static bool AreWhole(string name, IEnumerable<string> files)
    {
        var present = files.ToHashSet(StringComparer.Ordinal);
        return present.Contains(name + Network) && present.Contains(name + Profile);
    }
}
