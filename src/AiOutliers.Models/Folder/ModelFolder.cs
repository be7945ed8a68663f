using System.Collections.Concurrent;
using AiOutliers.Detection;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Models.Folder;

/// <summary>
/// The models of the local folder, loaded when first asked for, at most <c>max_loaded</c> in memory. Requests see the folder as it was when
/// <see cref="Refresh"/> last looked: a name is looked up in that listing and never made a path, so no name can leave the folder. A model
/// that is in memory is replaced only by one that loads; whoever has the old one finishes with it. One that does not load is not read again
/// until its files change. What a crash left half replaced is finished when the folder is opened.
/// </summary>
/// <param name="path">The folder; it need not exist yet.</param>
/// <param name="maxLoaded">Models kept in memory; the least recently used goes first.</param>
/// <param name="sensorOf">The sensor that a filter (JSON) pins; null when it pins none.</param>
/// <param name="logger">Gets what was loaded and replaced, and why not.</param>
public sealed class ModelFolder(string path, int maxLoaded, Func<string, string?> sensorOf, ILogger<ModelFolder> logger)
{
    private readonly Lock _refreshing = new();
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private readonly LoadFailures _failures = new(path);
    private volatile ModelCatalogue _catalogue = Open(path, sensorOf);
    private long _use;

    /// <summary>The models in the folder, in order of name.</summary>
    public IReadOnlyList<string> Names => _catalogue.Names;

    /// <summary>Models in memory.</summary>
    public int Loaded => _slots.Count(slot => slot.Value.Current is not null);

    /// <summary>Models that could not be loaded when they were last asked for or replaced, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Unusable => _failures.Reasons;

    /// <summary>The model of this name, also one whose files have just come in; null when the folder has none.</summary>
    /// <exception cref="AiOutliersException">There is one, but its files cannot be used.</exception>
    public Model? Find(string name) =>
        LookAgain(name, static (catalogue, name) => catalogue.Find(name) is null ? null : name) is null ? null : Load(name);

    /// <summary>
    /// The model that was trained for this sensor, by its profile or its filter; null when there is none. Of several, the first by name.
    /// </summary>
    public Model? FindForSensor(string sensor) =>
        LookAgain(sensor, static (catalogue, sensor) => catalogue.ModelOfSensor(sensor)) is { } name ? Load(name) : null;

    /// <summary>Looks at the folder again, and replaces what is in memory and has changed.</summary>
    public void Refresh()
    {
        lock (_refreshing)
        {
            var next = ModelCatalogue.Scan(path, sensorOf, _catalogue);
            foreach (var (name, slot) in _slots)
            {
                if (next.Find(name) is not { } signature)
                    _slots.TryRemove(name, out _);
                else if (slot.Current is { } current && current.Signature != signature)
                    Replace(name, slot, current);
            }
            _failures.KeepOnly(name => next.Find(name) is not null);
            _catalogue = next;
        }
        // Thousands of small files: better read now than when a request waits.
        _ = Task.Run(() => _catalogue.ModelOfSensor(""));
    }

    /// <summary>What is not in the listing may have come in since: the folder is looked at once more when it has changed.</summary>
    private string? LookAgain(string wanted, Func<ModelCatalogue, string, string?> find)
    {
        if (find(_catalogue, wanted) is { } found)
            return found;
        if (!_catalogue.IsStale)
            return null;
        Refresh();
        return find(_catalogue, wanted);
    }

    private static ModelCatalogue Open(string path, Func<string, string?> sensorOf)
    {
        FileSwap.FinishAll(path);
        return ModelCatalogue.Scan(path, sensorOf);
    }

    private void Replace(string name, Slot slot, LoadedModel current)
    {
        try
        {
            slot.Current = Read(name);
            _failures.Remove(name);
            logger.LogInformation("Model {Model} is replaced", name);
        }
        catch (AiOutliersException error)
        {
            slot.Current = current with { Signature = ModelSignature.Of(path, name) };
            _failures.Add(name, slot.Current.Signature, error, inUse: true);
            logger.LogWarning("Model {Model} is not replaced, the one in use stays: {Reason}", name, error.Message);
        }
    }

    private Model Load(string name)
    {
        var slot = _slots.GetOrAdd(name, static _ => new Slot());
        slot.LastUse = Interlocked.Increment(ref _use);
        if (slot.Current is { } current)
            return current.Model;
        lock (slot)
        {
            if (slot.Current is { } other)
                return other.Model;
            var signature = ModelSignature.Of(path, name);
            try
            {
                _failures.ThrowIfKnown(name, signature);
                var loaded = Read(name);
                slot.Current = loaded;
                _failures.Remove(name);
                logger.LogInformation("Loaded model {Model}", name);
                Evict();
                return loaded.Model;
            }
            catch (AiOutliersException error)
            {
                _slots.TryRemove(name, out _);
                _failures.Add(name, signature, error, inUse: false);
                throw;
            }
        }
    }

    private LoadedModel Read(string name)
    {
        var (model, signature) = ModelFiles.LoadSigned(path, name);
        return new(model, signature);
    }

    private void Evict()
    {
        while (_slots.Count > maxLoaded)
        {
            var loaded = _slots.Where(static slot => slot.Value.Current is not null);
            if (loaded.OrderBy(static slot => slot.Value.LastUse).FirstOrDefault().Key is not { } oldest)
                return;
            _slots.TryRemove(oldest, out _);
        }
    }

    private sealed record LoadedModel(Model Model, ModelSignature Signature);

    private sealed class Slot
    {
        private volatile LoadedModel? _current;

        public LoadedModel? Current
        {
            get => _current;
            set => _current = value;
        }

        public long LastUse { get; set; }
    }
}
