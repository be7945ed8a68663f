using System.Security.Cryptography;
using System.Text;
using AiOutliers.Detection;

namespace AiOutliers.Service.Security;

/// <summary>
/// The keys that are valid now. The file is read again when it has changed. One that cannot be used leaves the keys as they were, and the
/// log says why.
/// </summary>
internal sealed class KeyRing
{
    private readonly string? _path;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private (DateTime At, long Length, UnixFileMode Mode) _seen;
    private IReadOnlyList<AccessKey> _keys = [];

    /// <param name="path">The keys file; null when none is configured.</param>
    /// <param name="logger">Gets what is wrong with a changed file.</param>
    /// <exception cref="AiOutliersException">The file cannot be used.</exception>
    public KeyRing(string? path, ILogger<KeyRing> logger)
    {
        (_path, _logger) = (path, logger);
        if (path is null)
            return;
        _keys = KeysFile.Read(path);
        _seen = Look(path);
    }

    /// <summary>The keys file; null when none is configured.</summary>
    public string? Path => _path;

    /// <summary>The keys that are valid now.</summary>
    public IReadOnlyList<AccessKey> All => Current();

    /// <summary>Whether nobody has a key.</summary>
    public bool IsEmpty => Current().Count == 0;

    /// <summary>The key of this name; null when there is none, or no longer.</summary>
    public AccessKey? Named(string name) => Current().FirstOrDefault(key => key.Name == name);

    /// <summary>The entry of a key that a caller has shown; null when there is none.</summary>
    public AccessKey? Find(string secret)
    {
        var hash = Encoding.ASCII.GetBytes(AccessKey.HashOf(secret));
        AccessKey? found = null;
        // All are compared, each in the same time wherever it differs: how long it takes tells nothing.
        foreach (var key in Current())
        {
            if (CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(key.Hash)))
                found = key;
        }
        return found;
    }

    private IReadOnlyList<AccessKey> Current()
    {
        if (_path is null)
            return _keys;
        lock (_lock)
        {
            var now = Look(_path);
            if (now == _seen)
                return _keys;
            _seen = now;
            try
            {
                _keys = KeysFile.Read(_path);
                _logger.LogInformation("The keys were read again: {Keys} keys", _keys.Count);
            }
            catch (AiOutliersException error)
            {
                _logger.LogError("The keys stay as they were: {Reason}", error.Message);
            }
            return _keys;
        }
    }

    private static (DateTime At, long Length, UnixFileMode Mode) Look(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length, KeysFile.ModeOf(file)) : default;
    }
}
