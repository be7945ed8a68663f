using AiOutliers.Models.Store;

namespace AiOutliers.Models.Tests.Store;

/// <summary>A store some of whose objects make the client throw what nobody expects.</summary>
internal sealed class FailingObjects(string folder) : IObjectStore
{
    private readonly FolderObjectStore _objects = new(folder);
    private int _failed;

    /// <summary>How the file names, or for listings the prefix, of failing objects begin; empty for none.</summary>
    public string Failing { get; set; } = "";

    public int Failed => _failed;

    public string Place => _objects.Place;

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellation = default)
    {
        Fail(prefix);
        return _objects.ListAsync(prefix, cancellation);
    }

    public Task<string?> GetAsync(StoredObject item, string file, CancellationToken cancellation = default)
    {
        Fail(StoredModel.FileName(item));
        return _objects.GetAsync(item, file, cancellation);
    }

    public Task PutAsync(string prefix, IReadOnlyList<string> files, string tag, CancellationToken cancellation = default) =>
        _objects.PutAsync(prefix, files, tag, cancellation);

    public Task CopyAsync(IReadOnlyList<StoredObject> items, string prefix, CancellationToken cancellation = default) =>
        _objects.CopyAsync(items, prefix, cancellation);

    public Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellation = default) => _objects.DeleteAsync(keys, cancellation);

    private void Fail(string name)
    {
        if (Failing.Length == 0 || !name.StartsWith(Failing, StringComparison.Ordinal))
            return;
        Interlocked.Increment(ref _failed);
        throw new FormatException("not hexadecimal");
    }
}
