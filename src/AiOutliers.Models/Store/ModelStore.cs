using AiOutliers.Detection;

namespace AiOutliers.Models.Store;

/// <summary>
/// The models that all nodes share: <c>rbaioutliers/latest/NAME.*</c> is what executors run, <c>rbaioutliers/versions/NAME/TIME/NAME.*</c>
/// every model that was ever uploaded.
/// </summary>
/// <param name="objects">What it is kept in; disposed with it.</param>
/// <param name="time">Names the versions.</param>
public sealed class ModelStore(IObjectStore objects, TimeProvider time) : IDisposable
{
    public const string LatestPrefix = "rbaioutliers/latest/", VersionsPrefix = "rbaioutliers/versions/";

    /// <summary>What monitors know of their entities. It can be made again at any time.</summary>
    public const string EntitiesPrefix = "rbaioutliers/entities/";

    public string Place => objects.Place;

    public void Dispose() => (objects as IDisposable)?.Dispose();

    /// <summary>
    /// The models in <c>latest/</c>, in order of name. A file that is not a model's, or whose name could leave the folder, is not
    /// looked at.
    /// </summary>
    public async Task<IReadOnlyList<StoredModel>> ListAsync(CancellationToken cancellation = default)
    {
        var models = new SortedDictionary<string, List<StoredObject>>(StringComparer.Ordinal);
        await foreach (var item in objects.ListAsync(LatestPrefix, cancellation))
        {
            if (ModelFileNames.ModelOf(FileUnder(LatestPrefix, item)) is not { } name)
                continue;
            if (!models.TryGetValue(name, out var files))
                models[name] = files = [];
            files.Add(item);
        }
        return [.. models.Select(model => new StoredModel(model.Key, model.Value))];
    }

    /// <summary>The model in <c>latest/</c>; null when there is none of this name.</summary>
    public async Task<StoredModel?> FindAsync(string name, CancellationToken cancellation = default)
    {
        var files = new List<StoredObject>();
        // Not by the bare name, which thousands of others may begin with.
        foreach (var prefix in new[] { LatestPrefix + ModelName.Checked(name) + ".", LatestPrefix + name + ModelFileNames.Filter })
        {
            await foreach (var item in objects.ListAsync(prefix, cancellation))
            {
                if (ModelFileNames.ModelOf(FileUnder(LatestPrefix, item)) == name)
                    files.Add(item);
            }
        }
        return files.Count > 0 ? new(name, files) : null;
    }

    /// <summary>Fetches the model's files into a folder.</summary>
    /// <returns>False when somebody is uploading just now, so that the files may not belong together; do not use what
    /// arrived.</returns>
    /// <exception cref="AiOutliersException">The files do not belong together, and nobody is uploading; or the store failed.</exception>
    public async Task<bool> DownloadAsync(StoredModel model, string folder, CancellationToken cancellation = default)
    {
        var tags = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var file in model.Files)
        {
            var name = StoredModel.FileName(file);
            tags[ModelFileNames.EndingOf(name)!] = await objects.GetAsync(file, Path.Combine(folder, name), cancellation);
        }
        // A time in the future counts as long ago: one of the clocks is wrong, and waiting might never end.
        return UploadTags.BelongTogether(model, tags, (time.GetUtcNow() - model.LastModified).Duration());
    }

    /// <summary>Fetches the newest whole model: the latest or, where an upload was cut off, the newest kept version.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> DownloadNewestAsync(string name, string folder, CancellationToken cancellation = default)
    {
        if (await TryDownloadAsync(await FindAsync(name, cancellation), folder, cancellation))
            return true;
        foreach (var version in await VersionsAsync(name, cancellation))
        {
            if (await TryDownloadAsync(new(name, version.Files), folder, cancellation))
                return true;
        }
        return false;
    }

    private async Task<bool> TryDownloadAsync(StoredModel? model, string folder, CancellationToken cancellation)
    {
        if (model is not { IsWhole: true })
            return false;
        try
        {
            if (await DownloadAsync(model, folder, cancellation))
                return true;
        }
        catch (AiOutliersException error) when (error.Kind == ErrorKind.UnusableModel)
        {
            // A version that is whole may follow.
        }
        foreach (var file in ModelFileNames.In(folder, model.Name))
            File.Delete(file);
        return false;
    }

    /// <summary>
    /// Keeps the latest model as a version if it is not one yet: the Python service and people write into <c>latest/</c> only, and an
    /// overwritten model would be lost. Half an upload of ours is not a version either, but its files are in versions that are kept.
    /// </summary>
    public async Task KeepLatestAsync(string name, CancellationToken cancellation = default)
    {
        if (await FindAsync(name, cancellation) is not { IsWhole: true } latest)
            return;
        var versions = await VersionsAsync(name, cancellation);
        var kept = versions.SelectMany(version => version.Files).Select(file => (StoredModel.FileName(file), file.ETag)).ToHashSet();
        var own = latest.Files.Where(static file => !file.Key.EndsWith(ModelFileNames.Filter, StringComparison.Ordinal));
        if (own.Any(file => kept.Contains((StoredModel.FileName(file), file.ETag))))
            return;
        var version = ModelVersions.Free(latest.LastModified, versions);
        await objects.CopyAsync(latest.Files, $"{VersionsPrefix}{name}/{version}/", cancellation);
    }

    /// <summary>Keeps the folder's files of this model as a new version and makes it the latest.</summary>
    /// <returns>The version.</returns>
    /// <exception cref="AiOutliersException">The store failed. What is latest is then the old model, the new one, or visibly neither
    /// (<see cref="DownloadAsync"/>).</exception>
    public async Task<string> UploadAsync(string name, string folder, CancellationToken cancellation = default)
    {
        var files = ModelFileNames.In(folder, ModelName.Checked(name));
        if (!ModelFileNames.AreWhole(name, files.Select(Path.GetFileName).OfType<string>()))
            throw new AiOutliersException(ErrorKind.BadInput, $"the model '{name}' is not complete: it needs {name}.keras and {name}.ini");
        var version = ModelVersions.Free(time.GetUtcNow(), await VersionsAsync(name, cancellation));
        await objects.PutAsync($"{VersionsPrefix}{name}/{version}/", files, version, cancellation);
        await objects.PutAsync(LatestPrefix, files, version, cancellation);
        await DropOtherFilesAsync(name, [.. files.Select(file => Path.GetFileName(file))], cancellation);
        return version;
    }

    /// <summary>The kept versions, newest first.</summary>
    public async Task<IReadOnlyList<ModelVersion>> VersionsAsync(string name, CancellationToken cancellation = default)
    {
        var prefix = $"{VersionsPrefix}{ModelName.Checked(name)}/";
        var versions = new SortedDictionary<string, List<StoredObject>>(StringComparer.Ordinal);
        await foreach (var item in objects.ListAsync(prefix, cancellation))
        {
            if (FileUnder(prefix, item).Split('/') is not [var id, var file] || ModelFileNames.ModelOf(file) != name)
                continue;
            if (!versions.TryGetValue(id, out var files))
                versions[id] = files = [];
            files.Add(item);
        }
        var latest = (await FindAsync(name, cancellation))?.Files ?? [];
        return
        [
            .. from version in versions.Reverse()
               select new ModelVersion(version.Key, version.Value, ModelVersions.AreSame(version.Value, latest)),
        ];
    }

    /// <summary>Makes a kept version the latest again.</summary>
    /// <param name="name">The model.</param>
    /// <param name="id">The version; null takes the newest one that is older than what is latest now.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The version that is latest now.</returns>
    public async Task<string> RollbackAsync(string name, string? id, CancellationToken cancellation = default)
    {
        var version = ModelVersions.Chosen(await VersionsAsync(name, cancellation), name, id);
        await objects.CopyAsync(version.Files, LatestPrefix, cancellation);
        await DropOtherFilesAsync(name, [.. version.Files.Select(StoredModel.FileName)], cancellation);
        return version.Id;
    }

    /// <summary>What follows the prefix; nothing for an object that a wrong server lists though its key begins otherwise.</summary>
    private static string FileUnder(string prefix, StoredObject item) =>
        item.Key.StartsWith(prefix, StringComparison.Ordinal) ? item.Key[prefix.Length..] : "";

    /// <summary>A model that lost its filter must not keep the old one.</summary>
    private async Task DropOtherFilesAsync(string name, HashSet<string> kept, CancellationToken cancellation)
    {
        if (await FindAsync(name, cancellation) is not { } latest)
            return;
        var others = latest.Files.Where(file => !kept.Contains(StoredModel.FileName(file)));
        await objects.DeleteAsync([.. others.Select(file => file.Key)], cancellation);
    }
}
