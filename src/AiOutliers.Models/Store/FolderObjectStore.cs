using System.Globalization;
using System.Runtime.CompilerServices;
using AiOutliers.Detection;
using AiOutliers.Models.Folder;

namespace AiOutliers.Models.Store;

/// <summary>
/// The store when no S3 is configured: the model folder itself holds what is latest, side by side as people put it there, and its subfolder
/// <c>.versions</c> the rest. Keys are made by <see cref="ModelStore"/> from names that <see cref="ModelName"/> let pass.
/// </summary>
public sealed class FolderObjectStore : IObjectStore
{
    private const string VersionsFolder = ".versions", EntitiesFolder = ".entities";

    /// <summary>A file that is being written.</summary>
    private const string Unfinished = ".part";

    private readonly string _folder;

    /// <summary>Finishes what a crash left half done in the folder.</summary>
    public FolderObjectStore(string folder)
    {
        _folder = folder;
        FileSwap.FinishAll(folder);
    }

    public string Place => $"folder '{_folder}'";

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var item in await Guarded(() => Listed(prefix)))
            yield return item;
    }

    public Task<string?> GetAsync(StoredObject item, string file, CancellationToken cancellation = default) => Guarded<string?>(() =>
    {
        var source = new FileInfo(PathOf(item.Key));
        // What is not a regular file, such as a pipe, has no length and is not opened.
        if (BoundedFile.Target(source).Length > 0)
            source.CopyTo(file, overwrite: true);
        else
            File.WriteAllBytes(file, []);
        source.Refresh();
        return TagOf(source) == item.ETag ? "" : throw new IOException($"{source.Name} changed while it was read");
    });

    public Task PutAsync(string prefix, IReadOnlyList<string> files, string tag, CancellationToken cancellation = default) =>
        Guarded(() => CopyFiles(files, prefix));

    public Task CopyAsync(IReadOnlyList<StoredObject> items, string prefix, CancellationToken cancellation = default) =>
        Guarded(() => CopyFiles([.. items.Select(item => PathOf(item.Key))], prefix));

    public Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellation = default) => Guarded(() =>
    {
        foreach (var key in keys)
            File.Delete(PathOf(key));
        return true;
    });

    private List<StoredObject> Listed(string prefix)
    {
        var top = PathOf(prefix[..(prefix.LastIndexOf('/') + 1)]);
        if (!Directory.Exists(top))
            return [];
        var depth = prefix.StartsWith(ModelStore.LatestPrefix, StringComparison.Ordinal)
            ? SearchOption.TopDirectoryOnly
            : SearchOption.AllDirectories;
        return
        [
            .. from file in new DirectoryInfo(top).EnumerateFiles("*", depth)
               let key = prefix[..(prefix.LastIndexOf('/') + 1)] + Path.GetRelativePath(top, file.FullName)
               where key.StartsWith(prefix, StringComparison.Ordinal)
               orderby key
               select new StoredObject(key, TagOf(file), file.Length, file.LastWriteTimeUtc),
        ];
    }

    /// <summary>Readers see the old set or the new one. Copies keep the time of their source, which is part of their tag.</summary>
    private bool CopyFiles(IReadOnlyList<string> files, string prefix)
    {
        if (prefix.StartsWith(ModelStore.EntitiesPrefix, StringComparison.Ordinal))
            return CopyEach(files, PathOf(prefix));
        var name = ModelFileNames.ModelOf(Path.GetFileName(files[0]))
            ?? throw new ArgumentException($"'{files[0]}' is not a model's file.", nameof(files));
        FileSwap.Replace(PathOf(prefix), name, whole: true, saving =>
        {
            foreach (var file in files)
                File.Copy(file, Path.Combine(saving, Path.GetFileName(file)));
        });
        return true;
    }

    /// <summary>Files that do not belong together: each is there whole, or as it was.</summary>
    private static bool CopyEach(IReadOnlyList<string> files, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in files)
        {
            var target = Path.Combine(folder, Path.GetFileName(file));
            File.Copy(file, target + Unfinished, overwrite: true);
            File.Move(target + Unfinished, target, overwrite: true);
        }
        return true;
    }

    private string PathOf(string key) =>
        key.StartsWith(ModelStore.LatestPrefix, StringComparison.Ordinal) ? Path.Combine(_folder, key[ModelStore.LatestPrefix.Length..])
        : key.StartsWith(ModelStore.EntitiesPrefix, StringComparison.Ordinal)
            ? Path.Combine(_folder, EntitiesFolder, key[ModelStore.EntitiesPrefix.Length..])
            : Path.Combine(_folder, VersionsFolder, key[ModelStore.VersionsPrefix.Length..]);

    private static string TagOf(FileInfo file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}");

    private async Task<T> Guarded<T>(Func<T> work)
    {
        try
        {
            return await Task.Run(work);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiOutliersException(ErrorKind.ClusterFailed, $"the model store ({Place}) cannot be used: {error.Message}", error);
        }
    }
}
