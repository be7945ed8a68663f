using System.Collections.Concurrent;
using AiOutliers.Detection;

namespace AiOutliers.Models.Folder;

/// <summary>
/// Models that could not be loaded, each with its reason and the files that it holds for: these very files are not read again.
/// </summary>
internal sealed class LoadFailures(string folder)
{
    private readonly ConcurrentDictionary<string, Failure> _failures = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Reasons => _failures.ToDictionary(
        static failure => failure.Key,
        static failure => failure.Value.Message + (failure.Value.InUse ? "; the one before it stays in use" : ""),
        StringComparer.Ordinal);

    /// <exception cref="AiOutliersException">Files of this signature could not be loaded before.</exception>
    public void ThrowIfKnown(string name, ModelSignature signature)
    {
        if (_failures.TryGetValue(name, out var failure) && failure.Signature == signature && !failure.Passes)
            throw new AiOutliersException(failure.Kind, failure.Message);
    }

    /// <param name="name">The model.</param>
    /// <param name="signature">Its files as they were before they were read.</param>
    /// <param name="error">Why they could not be loaded.</param>
    /// <param name="inUse">Whether the model before them stays in use.</param>
    public void Add(string name, ModelSignature signature, AiOutliersException error, bool inUse) =>
        // Replaced meanwhile: the reason may be the old files'.
        _failures[name] = new(
            signature, error.Kind, error.Message, inUse, Passes: IsOfReading(error) || ModelSignature.Of(folder, name) != signature);

    public void Remove(string name) => _failures.TryRemove(name, out _);

    public void KeepOnly(Func<string, bool> keep)
    {
        foreach (var name in _failures.Keys.Where(name => !keep(name)))
            Remove(name);
    }

    /// <summary>Permissions and disks are mended without a change of the files.</summary>
    private static bool IsOfReading(Exception? error) =>
        error is IOException or UnauthorizedAccessException || (error is not null && IsOfReading(error.InnerException));

    /// <summary>Not the error itself: it would hold the one before it, and so on.</summary>
    private sealed record Failure(ModelSignature Signature, ErrorKind Kind, string Message, bool InUse, bool Passes);
}
