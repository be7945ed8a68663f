using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using AiOutliers.Detection;
using AiOutliers.Druid;
using AiOutliers.Druid.Building;
using AiOutliers.Druid.Query;

namespace AiOutliers.Engine.Analysis.History;

/// <summary>Where data sources begin, remembered for as long as rows are.</summary>
internal sealed class DataBegins(IDruidSource source, TimeProvider clock)
{
    /// <summary>It saves a few rows; nobody waits long for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Names come from clients.</summary>
    private const int MostNames = 1000;

    private readonly ConcurrentDictionary<string, (long? Begin, DateTimeOffset At)> _known = new(StringComparer.Ordinal);

    /// <returns>Milliseconds since 1970; null when unknown.</returns>
    public async Task<long?> OfAsync(DataSourceSpec? dataSource, CancellationToken cancellation)
    {
        // Only these have segments of their own; and what is inline may be large.
        if (dataSource?.TableName is null && dataSource?.Type != "union")
            return null;
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(dataSource.Json.GetRawText())));
        if (_known.TryGetValue(name, out var known) && clock.GetUtcNow() - known.At < HistoryCache.Lifetime)
            return known.Begin;
        var begin = await AskAsync(dataSource, cancellation);
        if (_known.Count >= MostNames)
            _known.Clear();
        _known[name] = (begin, clock.GetUtcNow());
        return begin;
    }

    private async Task<long?> AskAsync(DataSourceSpec dataSource, CancellationToken cancellation)
    {
        using var expiry = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, expiry.Token);
        try
        {
            return await TimeBoundary.FirstAsync(source, dataSource, either.Token);
        }
        catch (Exception error) when (
            error is AiOutliersException || error is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // The query itself says what is wrong.
            return null;
        }
    }
}
