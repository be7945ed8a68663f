using System.Text.Json;

namespace AiOutliers.Models.Store;

/// <summary>
/// What the local folder holds of the store: the fingerprint of each model that was taken over. Kept in the folder, so that a restart
/// fetches nothing twice; a lost or broken file costs a second download and nothing else.
/// </summary>
internal sealed class SyncState(string folder)
{
    private const string File = ".sync.json";

    private readonly string _path = Path.Combine(folder, File);

    public Dictionary<string, string> Fingerprints { get; private set; } = new(StringComparer.Ordinal);

    public void Load()
    {
        try
        {
            using var stream = System.IO.File.OpenRead(_path);
            Fingerprints = new(JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [], StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            Fingerprints.Clear();
        }
    }

    public void Save()
    {
        var passing = _path + ".part";
        using (var stream = System.IO.File.Create(passing))
            JsonSerializer.Serialize(stream, Fingerprints);
        System.IO.File.Move(passing, _path, overwrite: true);
    }
}
