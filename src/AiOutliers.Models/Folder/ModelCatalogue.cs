using System.Collections.Concurrent;
using AiOutliers.Detection;

namespace AiOutliers.Models.Folder;

/// <summary>
/// What was in the model folder when it was last looked at; never changes. Which model belongs to which sensor is read when first asked
/// for.
/// </summary>
internal sealed class ModelCatalogue
{
    private readonly string _folder;
    private readonly Dictionary<string, ModelSignature> _models;
    private readonly Func<string, string?> _sensorOf;
    private readonly Lazy<Dictionary<string, string>> _sensors;

    /// <summary>
    /// The sensors that were read, shared by all catalogues of the folder: while thousands of models come in, one is made after the
    /// other, and none must read all files again.
    /// </summary>
    private readonly ConcurrentDictionary<string, (ModelSignature Signature, string? Sensor)> _known;

    private readonly DateTime _changed;

    private ModelCatalogue(string folder, Func<string, string?> sensorOf, ModelCatalogue? before)
    {
        (_folder, _sensorOf) = (folder, sensorOf);
        // Before the listing: what comes in while it is read is then seen as a change.
        _changed = Changed(folder);
        _models = ModelSignature.OfAll(folder);
        Names = [.. _models.Keys.Order(StringComparer.Ordinal)];
        _known = before?._known ?? new(StringComparer.Ordinal);
        _sensors = new(ReadSensors);
    }

    /// <summary>In order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="sensorOf">The sensor that a filter (JSON) pins; null when it pins none.</param>
    /// <param name="before">The catalogue before: sensors of files that did not change are taken from it.</param>
    public static ModelCatalogue Scan(string folder, Func<string, string?> sensorOf, ModelCatalogue? before = null) =>
        new(folder, sensorOf, before);

    /// <summary>Whether files came, went or were renamed since; files that only grew do not count.</summary>
    public bool IsStale => Changed(_folder) != _changed;

    /// <summary>Null when there is no such model.</summary>
    public ModelSignature? Find(string name) => _models.TryGetValue(name, out var signature) ? signature : null;

    /// <summary>The model that was trained for this sensor, by its profile or its filter; of several, the first by name.</summary>
    public string? ModelOfSensor(string sensor) => _sensors.Value.GetValueOrDefault(sensor);

    private Dictionary<string, string> ReadSensors()
    {
        var modelOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Names)
        {
            var sensor = _known.TryGetValue(name, out var entry) && entry.Signature == _models[name] ? entry.Sensor : ReadSensor(name);
            _known[name] = (_models[name], sensor);
            if (sensor is not null)
                modelOf.TryAdd(sensor, name);
        }
        foreach (var gone in _known.Keys.Where(name => !_models.ContainsKey(name)))
            _known.TryRemove(gone, out _);
        return modelOf;
    }

    private static DateTime Changed(string folder) => Directory.GetLastWriteTimeUtc(folder);

    private string? ReadSensor(string name)
    {
        try
        {
            return ModelFiles.Sensor(_folder, name) ?? (ModelFiles.Filter(_folder, name) is { } filter ? _sensorOf(filter) : null);
        }
        catch (AiOutliersException)
        {
            // One filter that cannot be read must not hide the sensors of all other models; whoever asks for the model by name gets the
            // reason.
            return null;
        }
    }
}
