namespace AiOutliers.Models.Folder;

/// <summary>Changes when one of a model's files is replaced: when each was written (ticks), and its length; zeros where there is none.</summary>
internal readonly record struct ModelSignature(long Network, long NetworkLength, long Profile, long ProfileLength, long Filter, long FilterLength)
{
    private const string NetworkEnding = ".keras", ProfileEnding = ".ini", FilterEnding = "_filter.json";

    /// <summary>The files as they are now.</summary>
    public static ModelSignature Of(string folder, string name)
    {
        var signature = default(ModelSignature);
        foreach (var ending in new[] { NetworkEnding, ProfileEnding, FilterEnding })
        {
            var file = new FileInfo(Path.Combine(folder, name + ending));
            if (file.Exists)
                signature = signature.With(ending, file);
        }
        return signature;
    }

    /// <summary>All models of a folder, in one pass over its listing.</summary>
    public static Dictionary<string, ModelSignature> OfAll(string folder)
    {
        var all = new Dictionary<string, ModelSignature>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return all;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            var ending = EndingOf(file.Name);
            if (ending is null || file.Name[0] == '.')
                continue;
            var name = file.Name[..^ending.Length];
            all[name] = all.GetValueOrDefault(name).With(ending, file);
        }
        foreach (var (name, signature) in all)
        {
            if (signature.Network == 0)
                all.Remove(name);
        }
        return all;
    }

    private static string? EndingOf(string file) =>
        file.EndsWith(NetworkEnding, StringComparison.Ordinal) ? NetworkEnding
        : file.EndsWith(ProfileEnding, StringComparison.Ordinal) ? ProfileEnding
        : file.EndsWith(FilterEnding, StringComparison.Ordinal) ? FilterEnding
        : null;

    private ModelSignature With(string ending, FileInfo file) => ending switch
    {
        NetworkEnding => this with { Network = file.LastWriteTimeUtc.Ticks, NetworkLength = file.Length },
        ProfileEnding => this with { Profile = file.LastWriteTimeUtc.Ticks, ProfileLength = file.Length },
        _ => this with { Filter = file.LastWriteTimeUtc.Ticks, FilterLength = file.Length },
    };
}
