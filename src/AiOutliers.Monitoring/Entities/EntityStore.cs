using System.Globalization;
using AiOutliers.Detection;
using AiOutliers.Models.Store;
using Microsoft.Extensions.Logging;

namespace AiOutliers.Monitoring.Entities;

/// <summary>
/// Keeps states in the model store, a file for each shard. A state can be lost at any time: it is asked of the data source again. So a
/// store that fails is a line in the log.
/// </summary>
/// <param name="open">Opens the store, when it is first needed.</param>
/// <param name="logger">Gets what went wrong.</param>
internal sealed class EntityStore(Func<IObjectStore> open, ILogger logger) : IDisposable
{
    private const string Ending = ".shard";

    private readonly Lazy<IObjectStore> _objects = new(open);

    /// <param name="monitor">The monitor's name.</param>
    /// <param name="state">An empty state; gets what is there.</param>
    /// <param name="identity">What is asked for.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task LoadAsync(string monitor, MonitorEntities state, string identity, CancellationToken cancellation)
    {
        try
        {
            using var folder = new ShardFolder();
            var end = uint.MaxValue;
            await foreach (var item in _objects.Value.ListAsync(PrefixOf(monitor), cancellation))
                end = Math.Min(end, await ReadAsync(item, folder.PathOf("shard"), monitor, state, identity, cancellation) ?? end);
            if (end < uint.MaxValue)
                state.ResumeAt(end);
        }
        catch (Exception error) when (error is AiOutliersException or IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(
                "Monitor {Monitor}: the state of its entities cannot be loaded and is read again: {Reason}", monitor, error.Message);
            state.Reading.IsPartial = true;
        }
    }

    /// <returns>Whether all of it was written.</returns>
    public async Task<bool> SaveAsync(string monitor, MonitorEntities state, string identity, CancellationToken cancellation)
    {
        try
        {
            using var folder = new ShardFolder();
            for (var at = 0; at < state.Shards.Count; at++)
            {
                var file = folder.PathOf(string.Create(CultureInfo.InvariantCulture, $"{at:D4}{Ending}"));
                ShardFile.Write(file, state.Layout, identity, state.End, state.Shards[at]);
                await _objects.Value.PutAsync(PrefixOf(monitor), [file], tag: "", cancellation);
                File.Delete(file);
            }
            await DeleteFromAsync(monitor, state.Shards.Count, cancellation);
            return true;
        }
        catch (Exception error) when (error is AiOutliersException or IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("Monitor {Monitor}: the state of its entities cannot be stored: {Reason}", monitor, error.Message);
            return false;
        }
    }

    /// <summary>Removes all shards of some monitors.</summary>
    public async Task RemoveAsync(IReadOnlySet<string> monitors, CancellationToken cancellation)
    {
        try
        {
            var prefix = ModelStore.EntitiesPrefix;
            await DeleteAsync(
                prefix, key => key.IndexOf('/', prefix.Length) is > 0 and var end && monitors.Contains(key[prefix.Length..end]),
                cancellation);
        }
        catch (Exception error) when (error is AiOutliersException or IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("The state of entities of deleted monitors cannot be removed, it is tried again: {Reason}", error.Message);
        }
    }

    public void Dispose()
    {
        if (_objects.IsValueCreated)
            (_objects.Value as IDisposable)?.Dispose();
    }

    /// <summary>Shards of an earlier state, which had more: their values would come back.</summary>
    private Task DeleteFromAsync(string monitor, int first, CancellationToken cancellation) => DeleteAsync(
        PrefixOf(monitor),
        key => int.TryParse(
            Path.GetFileNameWithoutExtension(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= first,
        cancellation);

    private async Task DeleteAsync(string prefix, Func<string, bool> isOver, CancellationToken cancellation)
    {
        var over = new List<string>();
        await foreach (var item in _objects.Value.ListAsync(prefix, cancellation))
        {
            if (item.Key.EndsWith(Ending, StringComparison.Ordinal) && isOver(item.Key))
                over.Add(item.Key);
        }
        if (over.Count > 0)
            await _objects.Value.DeleteAsync(over, cancellation);
    }

    private static string PrefixOf(string monitor) => $"{ModelStore.EntitiesPrefix}{monitor}/";

    private async Task<uint?> ReadAsync(
        StoredObject item, string file, string monitor, MonitorEntities state, string identity, CancellationToken cancellation)
    {
        if (!item.Key.EndsWith(Ending, StringComparison.Ordinal))
            return null;
        try
        {
            await _objects.Value.GetAsync(item, file, cancellation);
            return ShardFile.Read(file, state, identity);
        }
        catch (InvalidDataException error)
        {
            logger.LogWarning("Monitor {Monitor}: the shard {Key} is read again: {Reason}", monitor, item.Key, error.Message);
            state.Reading.IsPartial = true;
            return null;
        }
    }

    /// <summary>For files on their way; gone afterwards.</summary>
    private sealed class ShardFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("aioutliers-shards-").FullName;

        public string PathOf(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
