namespace AiOutliers.Models.Folder;

/// <summary>
/// Replaces several files of a model as one. They are written to a folder of their own (<c>.NAME.saving</c>), which is then renamed (<c>.NAME.saved</c>):
/// that is the moment when the new model is there, whole. Only then do its files move to their places, one by one; whoever reads meanwhile, or after
/// a crash, takes those that have not moved yet from that folder.
/// </summary>
internal static class FileSwap
{
    private const string Written = ".saving", Committed = ".saved";

    /// <summary>Where a file of the model is now, or would be.</summary>
    public static string PathOf(string folder, string name, string file)
    {
        var committed = Path.Combine(FolderOf(folder, name, Committed), file);
        return File.Exists(committed) ? committed : Path.Combine(folder, file);
    }

    /// <summary>Models that were saved, but whose files a crash kept from their places.</summary>
    public static IEnumerable<string> Unfinished(string folder) =>
        Directory.EnumerateDirectories(folder, $".*{Committed}").Select(static path => Path.GetFileName(path)[1..^Committed.Length]);

    /// <exception cref="IOException">The files could not be written; those that were there are untouched.</exception>
    public static void Replace(string folder, string name, params IEnumerable<(string File, byte[] Content)> files)
    {
        Directory.CreateDirectory(folder);
        Finish(folder, name);
        var saving = FolderOf(folder, name, Written);
        if (Directory.Exists(saving))
            Directory.Delete(saving, recursive: true);
        try
        {
            Directory.CreateDirectory(saving);
            foreach (var (file, content) in files)
            {
                using var stream = new FileStream(Path.Combine(saving, file), FileMode.CreateNew);
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            Directory.Move(saving, FolderOf(folder, name, Committed));
        }
        catch
        {
            if (Directory.Exists(saving))
                Directory.Delete(saving, recursive: true);
            throw;
        }
        Finish(folder, name);
    }

    /// <summary>Moves the files of a saved model to their places.</summary>
    private static void Finish(string folder, string name)
    {
        var saved = FolderOf(folder, name, Committed);
        if (!Directory.Exists(saved))
            return;
        foreach (var file in Directory.GetFiles(saved))
            File.Move(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        Directory.Delete(saved);
    }

    private static string FolderOf(string folder, string name, string state) => Path.Combine(folder, $".{name}{state}");
}
