namespace AiOutliers.Models.Folder;

/// <summary>
/// Replaces the files of a model as one; nothing else writes them. The new files are written to a folder of their own
/// (<c>.NAME.saving</c>), which is then renamed (<c>.NAME.saved</c>): that is the moment when the new model is there, whole. Only then its
/// files move to their places, one by one. Readers find every file with <see cref="PathOf"/>, so they see the new model meanwhile, and
/// after a crash too.
/// </summary>
public static class FileSwap
{
    private const string Written = ".saving", Committed = ".saved";

    /// <summary>Stands for a file that the new model does not have, and that the old one may have left.</summary>
    private const string Gone = ".gone";

    /// <summary>Where a file of the model is now, or would be.</summary>
    internal static string PathOf(string folder, string name, string file)
    {
        var committed = Path.Combine(FolderOf(folder, name, Committed), file);
        return File.Exists(committed) || File.Exists(committed + Gone) ? committed : Path.Combine(folder, file);
    }

    /// <summary>Models whose new files a crash kept from their places.</summary>
    internal static IEnumerable<string> Unfinished(string folder) => Directory.EnumerateDirectories(folder, $".*{Committed}")
        .Select(static path => Path.GetFileName(path)[1..^Committed.Length]).Where(ModelName.IsUsable);

    /// <summary>
    /// Finishes what crashes left half done. A folder that cannot be written stays as it is: readers see the new models all the same.
    /// </summary>
    public static void FinishAll(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        try
        {
            foreach (var name in Unfinished(folder).ToList())
                Finish(folder, name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not for readers to mend: the next replacement says why it fails.
        }
    }

    /// <param name="folder">The model folder.</param>
    /// <param name="name">The model.</param>
    /// <param name="write">Writes the new files into the folder that it is given.</param>
    /// <param name="whole">True when these are all files of the model, so that others go; false when the others stay.</param>
    /// <exception cref="IOException">The files could not be written; those that were there are untouched.</exception>
    internal static void Replace(string folder, string name, bool whole, Action<string> write)
    {
        Directory.CreateDirectory(folder);
        var saving = FolderOf(folder, name, Written);
        if (Directory.Exists(saving))
            Directory.Delete(saving, recursive: true);
        try
        {
            Directory.CreateDirectory(saving);
            write(saving);
            Commit(folder, name, saving, whole);
        }
        catch
        {
            if (Directory.Exists(saving))
                Directory.Delete(saving, recursive: true);
            throw;
        }
    }

    /// <summary>The same with files that are written already, in a folder on the same file system.</summary>
    internal static void Commit(string folder, string name, string prepared, bool whole)
    {
        Finish(folder, name);
        if (whole)
        {
            var old = ModelFileNames.In(folder, name).Select(file => Path.Combine(prepared, Path.GetFileName(file)));
            foreach (var file in old.Where(static file => !File.Exists(file)))
                File.WriteAllBytes(file + Gone, []);
        }
        Directory.Move(prepared, FolderOf(folder, name, Committed));
        Finish(folder, name);
    }

    /// <summary>Moves the files of a saved model to their places.</summary>
    private static void Finish(string folder, string name)
    {
        var saved = FolderOf(folder, name, Committed);
        try
        {
            if (!Directory.Exists(saved))
                return;
            foreach (var file in Directory.GetFiles(saved))
                Settle(file, Path.Combine(folder, Path.GetFileName(file)));
            Directory.Delete(saved);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException && !Directory.Exists(saved))
        {
            // Another process, which opened the folder meanwhile, has finished it.
        }
    }

    private static void Settle(string file, string place)
    {
        if (!file.EndsWith(Gone, StringComparison.Ordinal))
        {
            File.Move(file, place, overwrite: true);
            return;
        }
        File.Delete(place[..^Gone.Length]);
        File.Delete(file);
    }

    private static string FolderOf(string folder, string name, string state) => Path.Combine(folder, $".{name}{state}");
}
