namespace AiOutliers.Service.Security;

/// <summary>
/// How much each caller may ask: so much a minute, all of it at once if it likes. What an answer turns out to cost is charged afterwards,
/// and may leave a debt that the next request waits for.
/// </summary>
/// <param name="perMinute">Requests; 0 does not limit.</param>
/// <param name="time">Refills.</param>
internal sealed class RequestRates(int perMinute, TimeProvider time)
{
    /// <summary>Names come from clients; of so many at once, those that have asked for nothing lately are forgotten.</summary>
    private const int MostCallers = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (double Left, long At)> _callers = new(StringComparer.Ordinal);

    /// <summary>Takes one request.</summary>
    /// <returns>Zero; or how long to wait until the next is answered.</returns>
    public TimeSpan Take(string caller)
    {
        if (perMinute == 0)
            return TimeSpan.Zero;
        lock (_lock)
        {
            var left = Left(caller);
            if (left < 1)
                return TimeSpan.FromMinutes((1 - left) / perMinute);
            _callers[caller] = (left - 1, time.GetTimestamp());
            return TimeSpan.Zero;
        }
    }

    /// <summary>Adds what an answer has cost beyond its one request.</summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="requests">As many requests' worth; the debt is at most a minute's.</param>
    public void Charge(string caller, double requests)
    {
        if (perMinute == 0)
            return;
        lock (_lock)
            _callers[caller] = (Math.Max(-perMinute, Left(caller) - requests), time.GetTimestamp());
    }

    private double Left(string caller)
    {
        if (_callers.Count >= MostCallers)
            Forget();
        return _callers.TryGetValue(caller, out var known) ? Refilled(known) : perMinute;
    }

    private double Refilled((double Left, long At) known) =>
        Math.Min(perMinute, known.Left + time.GetElapsedTime(known.At).TotalMinutes * perMinute);

    private void Forget()
    {
        foreach (var (caller, known) in _callers.ToArray())
        {
            if (Refilled(known) >= perMinute)
                _callers.Remove(caller);
        }
        // An attack by names: everybody begins anew rather than that memory grows.
        if (_callers.Count >= MostCallers)
            _callers.Clear();
    }
}
