namespace AiOutliers.Models.Folder;

/// <summary>
/// Changes when one of a model's files is replaced: when each was written (ticks), and its length; zeros where there is none.
/// </summary>
internal readonly record struct ModelSignature(
    long Network, long NetworkLength, long Profile, long ProfileLength, long Filter, long FilterLength)
{
    /// <summary>The files as they are now.</summary>
    public static ModelSignature Of(string folder, string name)
    {
        var signature = default(ModelSignature);
        foreach (var file in ModelFileNames.In(folder, name))
            signature = signature.With(ModelFileNames.EndingOf(file)!, new FileInfo(file));
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
            if (ModelFileNames.ModelOf(file.Name) is { } name)
                all[name] = all.GetValueOrDefault(name).With(ModelFileNames.EndingOf(file.Name)!, file);
        }
        foreach (var name in FileSwap.Unfinished(folder))
            all[name] = Of(folder, name);
        foreach (var (name, signature) in all)
        {
            if (signature.Network == 0)
                all.Remove(name);
        }
        return all;
    }

    private ModelSignature With(string ending, FileInfo found)
    {
        var file = BoundedFile.Target(found);
        return !file.Exists ? this : ending switch
        {
            ModelFileNames.Network => this with { Network = file.LastWriteTimeUtc.Ticks, NetworkLength = file.Length },
            ModelFileNames.Profile => this with { Profile = file.LastWriteTimeUtc.Ticks, ProfileLength = file.Length },
            _ => this with { Filter = file.LastWriteTimeUtc.Ticks, FilterLength = file.Length },
        };
    }
}
