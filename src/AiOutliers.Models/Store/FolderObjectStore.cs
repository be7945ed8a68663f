using System.Globalization;
using System.Runtime.CompilerServices;
using AiOutliers.Detection;

namespace AiOutliers.Models.Store;

/// <summary>
/// The store when no S3 is configured: the model folder itself holds what is latest, side by side as people put it there, and its subfolder
/// <c>.versions</c> the rest. Keys are made by <see cref="ModelStore"/> from names that <see cref="ModelName"/> let pass.
/// </summary>
public sealed class FolderObjectStore(string folder) : IObjectStore
{
    private const string VersionsFolder = ".versions", Unfinished = ".part";

    public string Place => $"folder '{folder}'";

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var item in await Guarded(() => Listed(prefix)))
            yield return item;
    }

    public Task<string?> GetAsync(StoredObject item, string file, CancellationToken cancellation = default) => Guarded<string?>(() =>
    {
        var source = new FileInfo(PathOf(item.Key));
        source.CopyTo(file, overwrite: true);
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
        var depth = prefix.StartsWith(ModelStore.LatestPrefix, StringComparison.Ordinal) ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories;
        return
        [
            .. from file in new DirectoryInfo(top).EnumerateFiles("*", depth)
               where !file.Name.EndsWith(Unfinished, StringComparison.Ordinal)
               let key = prefix[..(prefix.LastIndexOf('/') + 1)] + Path.GetRelativePath(top, file.FullName)
               where key.StartsWith(prefix, StringComparison.Ordinal)
               orderby key
               select new StoredObject(key, TagOf(file), file.Length, file.LastWriteTimeUtc),
        ];
    }

    /// <summary>First all contents under passing names, then all renames: readers see the old set or, a few microseconds later, the new one.</summary>
    private bool CopyFiles(IReadOnlyList<string> files, string prefix)
    {
        var target = Directory.CreateDirectory(PathOf(prefix)).FullName;
        var copies = files.Select(file => (From: file, To: Path.Combine(target, Path.GetFileName(file)))).ToList();
        var mark = $".{Guid.NewGuid():N}{Unfinished}";
        foreach (var (from, to) in copies)
            File.Copy(from, to + mark);
        foreach (var (_, to) in copies)
            File.Move(to + mark, to, overwrite: true);
        return true;
    }

    private string PathOf(string key) => key.StartsWith(ModelStore.LatestPrefix, StringComparison.Ordinal)
        ? Path.Combine(folder, key[ModelStore.LatestPrefix.Length..])
        : Path.Combine(folder, VersionsFolder, key[ModelStore.VersionsPrefix.Length..]);

    private static string TagOf(FileInfo file) => string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}");

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
