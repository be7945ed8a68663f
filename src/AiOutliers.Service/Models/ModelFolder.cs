using System.Collections.Concurrent;
using AiOutliers.Detection;
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
    private readonly ConcurrentDictionary<string, string> _unusable = new(StringComparer.Ordinal);
    private long _use;

    /// <summary>The models in the folder, in order of name.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(settings.Path)
        ? [.. Directory.EnumerateFiles(settings.Path, "*" + ModelFiles.Extension).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Models that could not be loaded when they were last asked for, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Unusable => _unusable;

    /// <summary>The model of this name; null when the folder has none.</summary>
    /// <exception cref="AiOutliersException">There is one, but its files cannot be used.</exception>
    public LoadedModel? Find(string name) => Names.Contains(name, StringComparer.Ordinal) ? Load(name) : null;

    /// <summary>The model that was trained for this sensor; null when there is none. Of several, the first by name.</summary>
    public LoadedModel? FindForSensor(string sensor)
    {
        var name = Names.FirstOrDefault(name => ModelFiles.SensorOf(settings.Path, name) == sensor);
        return name is null ? null : Load(name);
    }

    private LoadedModel Load(string name)
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
                var model = ModelLoader.Load(settings.Path, name);
                Keep(name, new(model, version) { LastUse = ++_use });
                _unusable.TryRemove(name, out _);
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

    private sealed class Entry(LoadedModel model, DateTime version)
    {
        public LoadedModel Model { get; } = model;
        public DateTime Version { get; } = version;
        public long LastUse { get; set; }
    }
}
