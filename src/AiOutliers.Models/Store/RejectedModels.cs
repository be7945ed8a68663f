using System.Collections.Concurrent;

namespace AiOutliers.Models.Store;

/// <summary>Models of the store that cannot be used: with the reason, and until their files change there.</summary>
internal sealed class RejectedModels
{
    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _fingerprints = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Reasons => _reasons;

    public bool Contains(string name) => _reasons.ContainsKey(name);

    /// <summary>Whether these very files were refused.</summary>
    public bool IsRejected(StoredModel model) => _fingerprints.TryGetValue(model.Name, out var bad) && bad == model.Fingerprint;

    public void Add(StoredModel model, string reason)
    {
        _reasons[model.Name] = reason;
        _fingerprints[model.Name] = model.Fingerprint;
    }

    public void Remove(string name)
    {
        _reasons.TryRemove(name, out _);
        _fingerprints.TryRemove(name, out _);
    }

    public void KeepOnly(IReadOnlySet<string> present)
    {
        foreach (var name in _reasons.Keys.Where(name => !present.Contains(name)))
            Remove(name);
    }
}
