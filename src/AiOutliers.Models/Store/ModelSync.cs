using System.Collections.Concurrent;
using AiOutliers.Detection;
using AiOutliers.Models.Folder;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Models.Store;

/// <summary>
/// Brings the store's latest models into the local folder: whatever changed is fetched, checked and replaced. A model that cannot be used
/// is not taken over, and the old one stays. A model that cannot be fetched does not stop the others.
/// </summary>
/// <param name="store">Where the models come from.</param>
/// <param name="folder">The local model folder.</param>
/// <param name="check">Loads the model of this name from this folder; throws an <see cref="AiOutliersException"/> when it cannot be
/// used.</param>
/// <param name="adopted">Called after models were put in place or removed, with their names.</param>
/// <param name="time">The clock of the reports.</param>
/// <param name="logger">Gets what was taken over, what was refused and why.</param>
public sealed class ModelSync(
    ModelStore store, string folder, Action<string, string> check, Action<IReadOnlyCollection<string>> adopted, TimeProvider time,
    ILogger<ModelSync> logger)
{
    /// <summary>Transfers at once: a new executor fetches thousands of small objects, each of which is mostly waiting.</summary>
    private const int Transfers = 8;

    /// <summary>
    /// Models taken over together, and then announced and noted. The first batches are small, so that some models are there soon. Later
    /// ones are larger, because the whole folder is read after each.
    /// </summary>
    private const int FirstBatch = 64, LargestBatch = 1024;

    /// <summary>
    /// After so many failures without a success between them the store itself is away; waiting for a time limit per model would take hours.
    /// </summary>
    private const int MostFailuresInARow = 2 * Transfers;

    private readonly SyncState _state = new(folder);
    private readonly RejectedModels _rejected = new();
    private bool _prepared;

    /// <summary>Models of the store that were refused, with the reason; the older ones of the same names are still in use.</summary>
    public IReadOnlyDictionary<string, string> Rejected => _rejected.Reasons;

    /// <summary>The last poll; null before the first has ended.</summary>
    public SyncReport? Last { get; private set; }

    /// <summary>Looks once. Never fails: a store that cannot be read is reported, and the folder stays as it is.</summary>
    public async Task<SyncReport> PollAsync(CancellationToken cancellation)
    {
        try
        {
            Prepare();
            Last = await SyncAsync(cancellation);
        }
        catch (Exception error) when (error is not OutOfMemoryException && !cancellation.IsCancellationRequested)
        {
            // A library may throw anything for a wrong answer. A poll that ended in an exception would be the last one, and nobody would
            // see it.
            var reason = ReasonOf(error);
            logger.LogWarning("The models stay as they are: {Reason}", reason);
            Last = new(time.GetUtcNow(), Last?.Models ?? 0, [], [], reason);
        }
        return Last;
    }

    /// <summary>Half a download that a crash left is of no use.</summary>
    private void Prepare()
    {
        if (_prepared)
            return;
        var incoming = Path.Combine(folder, ModelFetch.IncomingFolder);
        if (Directory.Exists(incoming))
            Directory.Delete(incoming, recursive: true);
        FileSwap.FinishAll(folder);
        _state.Load();
        _prepared = true;
    }

    private async Task<SyncReport> SyncAsync(CancellationToken cancellation)
    {
        var models = await store.ListAsync(cancellation);
        var swapped = new List<string>();
        var failures = new FetchFailures(MostFailuresInARow);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Transfers, CancellationToken = cancellation };
        foreach (var batch in Batches([.. models.Where(model => !IsKnown(model))]))
        {
            var fetched = new ConcurrentBag<string>();
            try
            {
                await Parallel.ForEachAsync(batch, parallel, async (model, token) =>
                {
                    if (!failures.TooMany && await TryFetchAsync(model, failures, token))
                        fetched.Add(model.Name);
                });
            }
            finally
            {
                // What arrived before the process was asked to end is in place already.
                Announce(fetched);
            }
            swapped.AddRange(fetched);
        }
        if (failures.Summary is { } summary)
            logger.LogWarning("{Reason}; it is tried again with the next poll", summary);
        return new(time.GetUtcNow(), models.Count, swapped, Remove(models), failures.Summary);
    }

    private static IEnumerable<ArraySegment<StoredModel>> Batches(StoredModel[] models)
    {
        for (int from = 0, size = FirstBatch; from < models.Length; from += size, size = Math.Min(2 * size, LargestBatch))
            yield return new(models, from, Math.Min(size, models.Length - from));
    }

    private bool IsKnown(StoredModel model) =>
        (_state.Has(model) && !_rejected.Contains(model.Name)) || _rejected.IsRejected(model);

    private async Task<bool> TryFetchAsync(StoredModel model, FetchFailures failures, CancellationToken cancellation)
    {
        try
        {
            if (!await ModelFetch.RunAsync(store, model, folder, check, cancellation))
            {
                logger.LogInformation("Model {Model} is being uploaded just now; it is fetched with a later poll", model.Name);
                return false;
            }
            _state.Add(model);
            _rejected.Remove(model.Name);
            failures.Succeeded();
            return true;
        }
        catch (AiOutliersException error) when (error.Kind == ErrorKind.UnusableModel)
        {
            _rejected.Add(model, error.Message);
            failures.Succeeded();
            logger.LogWarning("Model {Model} of the store is refused, the one in use stays: {Reason}", model.Name, error.Message);
        }
        catch (Exception error) when (error is not OutOfMemoryException && !cancellation.IsCancellationRequested)
        {
            // An object that the store's client cannot read is a failure of that model only.
            failures.Add(model.Name, ReasonOf(error));
        }
        return false;
    }

    private static string ReasonOf(Exception error) =>
        error is AiOutliersException or IOException or UnauthorizedAccessException
            ? error.Message
            : $"{error.GetType().Name}: {error.Message}";

    /// <summary>
    /// Removes models that this class brought and that the store no longer has. An empty store is taken for a mistake: nothing is removed
    /// then.
    /// </summary>
    private IReadOnlyList<string> Remove(IReadOnlyList<StoredModel> models)
    {
        var present = models.Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        _rejected.KeepOnly(present);
        var gone = _state.Except(present);
        if (gone.Count == 0)
            return gone;
        if (models.Count == 0)
        {
            logger.LogWarning(
                "The model store ({Place}) is empty; the {Count} models that came from it stay in use", store.Place, gone.Count);
            return [];
        }
        foreach (var name in gone)
        {
            foreach (var file in ModelFileNames.In(folder, name))
                File.Delete(file);
            // Only now: what could not be deleted is tried again with the next poll.
            _state.Remove(name);
        }
        Announce(gone);
        return gone;
    }

    private void Announce(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
            return;
        _state.Save();
        adopted(names);
    }
}
