using AiOutliers.Detection;

namespace AiOutliers.Models.Store;

/// <summary>
/// Objects under keys: S3, or a folder. Every method fails with an <see cref="AiOutliersException"/> whose message an operator can act on,
/// after the retries that make sense; none returns half an object.
/// </summary>
public interface IObjectStore
{
    /// <summary>Where the objects are, for people; without secrets.</summary>
    string Place { get; }

    /// <summary>The objects whose keys begin so, in order of key, page after page.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellation = default);

    /// <summary>Writes the object's content into a new file.</summary>
    /// <param name="item">What the listing said; another content in the meantime is a failure.</param>
    /// <param name="file">The file to write; what is there is replaced.</param>
    /// <param name="cancellation">Stops the transfer.</param>
    /// <returns>The tag that <see cref="PutAsync"/> was given for it; null when it came by another way; empty where sets appear at
    /// once.</returns>
    Task<string?> GetAsync(StoredObject item, string file, CancellationToken cancellation = default);

    /// <summary>Stores files that belong together.</summary>
    /// <param name="prefix">Put in front of the files' own names.</param>
    /// <param name="files">Paths of local files.</param>
    /// <param name="tag">The same for all of them, so that a reader can tell whether what it got belongs together.</param>
    /// <param name="cancellation">Stops the transfer.</param>
    Task PutAsync(string prefix, IReadOnlyList<string> files, string tag, CancellationToken cancellation = default);

    /// <summary>
    /// Copies objects that belong together, tags included, without moving their content through this machine where that can be avoided.
    /// </summary>
    Task CopyAsync(IReadOnlyList<StoredObject> items, string prefix, CancellationToken cancellation = default);

    Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellation = default);
}
