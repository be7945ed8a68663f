using System.Text.Json;

namespace AiOutliers.Models.Store;

/// <summary>
/// What the local folder holds of the store: the fingerprint of each model that was taken over. Kept in the folder, so that a restart
/// fetches nothing twice; a lost or broken file costs a second download and nothing else. Used by several transfers at once.
/// </summary>
internal sealed class SyncState(string folder)
{
    private const string File = ".sync.json";

    private readonly string _path = Path.Combine(folder, File);
    private readonly Lock _lock = new();
    private Dictionary<string, string> _fingerprints = new(StringComparer.Ordinal);

    /// <summary>Whether these very files were taken over.</summary>
    public bool Has(StoredModel model)
    {
        lock (_lock)
            return _fingerprints.GetValueOrDefault(model.Name) == model.Fingerprint;
    }

    public void Add(StoredModel model)
    {
        lock (_lock)
            _fingerprints[model.Name] = model.Fingerprint;
    }

    public void Remove(string name)
    {
        lock (_lock)
            _fingerprints.Remove(name);
    }

    /// <summary>The models that were taken over and are not among these.</summary>
    public IReadOnlyList<string> Except(IReadOnlySet<string> names)
    {
        lock (_lock)
            return [.. _fingerprints.Keys.Where(name => !names.Contains(name))];
    }

    public void Load()
    {
        try
        {
            using var stream = System.IO.File.OpenRead(_path);
            _fingerprints = new(JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [], StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            _fingerprints = new(StringComparer.Ordinal);
        }
    }

    public void Save()
    {
        var passing = _path + ".part";
        lock (_lock)
        {
            using var stream = System.IO.File.Create(passing);
            JsonSerializer.Serialize(stream, _fingerprints);
        }
        System.IO.File.Move(passing, _path, overwrite: true);
    }
}
