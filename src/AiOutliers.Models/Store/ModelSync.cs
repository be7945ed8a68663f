using System.Collections.Concurrent;
using AiOutliers.Detection;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Models.Store;

/// <summary>
/// Brings the store's latest models into the local folder: fetches what changed under a passing name, has it checked, and renames it into place
/// file by file. What is bad stays out, and the old one stays in. A crash between two renames is finished at the next start.
/// </summary>
/// <param name="store">Where the models come from.</param>
/// <param name="folder">The local model folder.</param>
/// <param name="check">Loads the model of this name from this folder; throws an <see cref="AiOutliersException"/> when it cannot be used.</param>
/// <param name="adopted">Called after models were renamed into place or removed, with their names.</param>
/// <param name="time">The clock of the reports.</param>
/// <param name="logger">Gets what was taken over, what was refused and why.</param>
public sealed class ModelSync(
    ModelStore store, string folder, Action<string, string> check, Action<IReadOnlyCollection<string>> adopted, TimeProvider time, ILogger<ModelSync> logger)
{
    private const string IncomingFolder = ".incoming", WholeMark = "whole";

    /// <summary>Transfers at once: a new executor fetches thousands of small objects, each of which is mostly waiting.</summary>
    private const int Transfers = 8;

    /// <summary>Models taken over together: they are announced, and the state saved, so often.</summary>
    private const int Batch = 64;

    private readonly SyncState _state = new(folder);
    private readonly ConcurrentDictionary<string, string> _rejected = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _rejectedFingerprints = new(StringComparer.Ordinal);
    private readonly string _incoming = Path.Combine(folder, IncomingFolder);

    /// <summary>Models of the store that were refused, with the reason; the older ones of the same names are still in use.</summary>
    public IReadOnlyDictionary<string, string> Rejected => _rejected;

    /// <summary>The last poll; null before the first has ended.</summary>
    public SyncReport? Last { get; private set; }

    /// <summary>Finishes what a crash left half done. Before anything is read from the folder.</summary>
    public void Recover()
    {
        Directory.CreateDirectory(_incoming);
        foreach (var place in Directory.GetDirectories(_incoming))
        {
            if (File.Exists(Path.Combine(place, WholeMark)))
                MoveIn(place);
            Directory.Delete(place, recursive: true);
        }
        _state.Load();
    }

    /// <summary>Looks once. Never fails: a store that cannot be read is reported, and the folder stays as it is.</summary>
    public async Task<SyncReport> PollAsync(CancellationToken cancellation)
    {
        try
        {
            Last = await SyncAsync(cancellation);
        }
        catch (Exception error) when (error is AiOutliersException or IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("The models stay as they are: {Reason}", error.Message);
            Last = new(time.GetUtcNow(), Last?.Models ?? 0, [], [], error.Message);
        }
        return Last;
    }

    private async Task<SyncReport> SyncAsync(CancellationToken cancellation)
    {
        var models = await store.ListAsync(cancellation);
        var swapped = new List<string>();
        foreach (var batch in models.Where(model => !IsKnown(model)).Chunk(Batch))
        {
            var fetched = new ConcurrentBag<string>();
            try
            {
                await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = Transfers, CancellationToken = cancellation }, async (model, token) =>
                {
                    if (await FetchAsync(model, token))
                        fetched.Add(model.Name);
                });
            }
            finally
            {
                // What arrived before a failure is in place already.
                Announce(fetched);
            }
            swapped.AddRange(fetched);
        }
        var removed = Remove(models);
        return new(time.GetUtcNow(), models.Count, swapped, removed, null);
    }

    private bool IsKnown(StoredModel model)
    {
        lock (_state)
        {
            return (_state.Fingerprints.TryGetValue(model.Name, out var have) && have == model.Fingerprint && !_rejected.ContainsKey(model.Name))
                || (_rejectedFingerprints.TryGetValue(model.Name, out var bad) && bad == model.Fingerprint);
        }
    }

    private async Task<bool> FetchAsync(StoredModel model, CancellationToken cancellation)
    {
        var place = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        try
        {
            if (!model.IsWhole)
                throw new AiOutliersException(ErrorKind.UnusableModel, $"the model '{model.Name}' needs both {model.Name}.keras and {model.Name}.ini in the store");
            Directory.CreateDirectory(place);
            if (!await store.DownloadAsync(model, place, cancellation))
            {
                logger.LogInformation("Model {Model} is being uploaded just now; it is fetched with a later poll", model.Name);
                return false;
            }
            Check(place, model.Name);
            File.WriteAllLines(Path.Combine(place, WholeMark), model.Files.Select(StoredModel.FileName).Prepend(model.Name));
            MoveIn(place);
            lock (_state)
                _state.Fingerprints[model.Name] = model.Fingerprint;
            _rejected.TryRemove(model.Name, out _);
            _rejectedFingerprints.TryRemove(model.Name, out _);
            return true;
        }
        catch (AiOutliersException error) when (error.Kind == ErrorKind.UnusableModel)
        {
            _rejected[model.Name] = error.Message;
            _rejectedFingerprints[model.Name] = model.Fingerprint;
            logger.LogWarning("Model {Model} of the store is refused, the one in use stays: {Reason}", model.Name, error.Message);
            return false;
        }
        finally
        {
            if (Directory.Exists(place))
                Directory.Delete(place, recursive: true);
        }
    }

    private void Check(string place, string name)
    {
        try
        {
            check(place, name);
        }
        catch (Exception error) when (error is not AiOutliersException and not OutOfMemoryException)
        {
            // A file that breaks the reader in a way that nobody foresaw must not keep the other models from coming.
            throw new AiOutliersException(ErrorKind.UnusableModel, $"the model '{name}' cannot be loaded ({error.GetType().Name})", error);
        }
    }

    /// <summary>Also after a crash: what the mark lists is in place already or still here; other files of the model are the old one's.</summary>
    private void MoveIn(string place)
    {
        var mark = File.ReadAllLines(Path.Combine(place, WholeMark));
        foreach (var file in mark.Skip(1).Where(file => File.Exists(Path.Combine(place, file))))
            File.Move(Path.Combine(place, file), Path.Combine(folder, file), overwrite: true);
        foreach (var file in ModelName.FilesIn(folder, mark[0]).Where(file => !mark.Skip(1).Contains(Path.GetFileName(file), StringComparer.Ordinal)))
            File.Delete(file);
    }

    /// <summary>Takes away what this class once brought and the store has no longer. An empty store is taken for a mistake: nothing is removed then.</summary>
    private List<string> Remove(IReadOnlyList<StoredModel> models)
    {
        var present = models.Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in _rejected.Keys.Where(name => !present.Contains(name)))
        {
            _rejected.TryRemove(name, out _);
            _rejectedFingerprints.TryRemove(name, out _);
        }
        var gone = _state.Fingerprints.Keys.Where(name => !present.Contains(name)).ToList();
        if (gone.Count == 0)
            return gone;
        if (models.Count == 0)
        {
            logger.LogWarning("The model store ({Place}) is empty; the {Count} models that came from it stay in use", store.Place, gone.Count);
            return [];
        }
        foreach (var name in gone)
        {
            _state.Fingerprints.Remove(name);
            foreach (var file in ModelName.FilesIn(folder, name))
                File.Delete(file);
        }
        Announce(gone);
        return gone;
    }

    private void Announce(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
            return;
        lock (_state)
            _state.Save();
        adopted(names);
    }
}
