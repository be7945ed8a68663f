using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid.Building;
using AiOutliers.Keras;
using AiOutliers.Service.Options;

namespace AiOutliers.Service.Models;

/// <summary>
/// The models of the local folder, loaded when first asked for and again when their files change. At most <c>max_loaded</c> stay in memory.
/// A name is looked up in the folder's listing and never made a path, so no name can leave the folder.
/// </summary>
internal sealed class ModelFolder(ModelSettings settings, ILogger<ModelFolder> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _loaded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTime Version, string? Sensor)> _sensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unusable = new(StringComparer.Ordinal);
    private long _use;

    /// <summary>The models in the folder, in order of name.</summary>
    public IReadOnlyList<string> Names => ModelFiles.Names(settings.Path);

    /// <summary>Models that could not be loaded when they were last asked for, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Unusable
    {
        get
        {
            lock (_lock)
                return new Dictionary<string, string>(_unusable);
        }
    }

    /// <summary>The model of this name; null when the folder has none.</summary>
    /// <exception cref="AiOutliersException">There is one, but its files cannot be used.</exception>
    public Model? Find(string name) => Names.Contains(name, StringComparer.Ordinal) ? Load(name) : null;

    /// <summary>The model that was trained for this sensor, by its profile or its filter; null when there is none. Of several, the first by name.</summary>
    public Model? FindForSensor(string sensor)
    {
        var name = Names.FirstOrDefault(name => SensorOf(name) == sensor);
        return name is null ? null : Load(name);
    }

    private string? SensorOf(string name)
    {
        var version = ModelFiles.Version(settings.Path, name);
        lock (_lock)
        {
            if (_sensors.TryGetValue(name, out var known) && known.Version == version)
                return known.Sensor;
            var sensor = ModelFiles.Sensor(settings.Path, name)
                ?? (ModelFiles.Filter(settings.Path, name) is { } filter ? SensorFilter.SensorOf(Encoding.UTF8.GetBytes(filter)) : null);
            _sensors[name] = (version, sensor);
            return sensor;
        }
    }

    private Model Load(string name)
    {
        var version = ModelFiles.Version(settings.Path, name);
        lock (_lock)
        {
            if (_loaded.TryGetValue(name, out var entry) && entry.Version == version)
            {
                entry.LastUse = ++_use;
                return entry.Model;
            }
            try
            {
                var model = ModelFiles.Load(settings.Path, name);
                Keep(name, new(model, version) { LastUse = ++_use });
                _unusable.Remove(name);
                logger.LogInformation("Loaded model {Model}", name);
                return model;
            }
            catch (AiOutliersException error)
            {
                _unusable[name] = error.Message;
                throw;
            }
        }
    }

    private void Keep(string name, Entry entry)
    {
        _loaded[name] = entry;
        if (_loaded.Count > settings.MaxLoaded)
            _loaded.Remove(_loaded.MinBy(pair => pair.Value.LastUse).Key);
    }

    private sealed class Entry(Model model, DateTime version)
    {
        public Model Model { get; } = model;
        public DateTime Version { get; } = version;
        public long LastUse { get; set; }
    }
}
