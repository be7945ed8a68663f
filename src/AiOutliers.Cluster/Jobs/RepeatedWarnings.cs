using Microsoft.Extensions.Logging;

namespace AiOutliers.Cluster.Jobs;

/// <summary>
/// Warnings of a failure that goes on. Each is logged once, then every minute with the number of times that it came meanwhile.
/// </summary>
public sealed class RepeatedWarnings(TimeProvider time, ILogger logger)
{
    /// <summary>Words of ours, of which there are few; a text that is never the same must not fill the memory.</summary>
    private const int MostTexts = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (long Logged, int Held)> _texts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Warn(string text)
    {
        int held;
        lock (_lock)
        {
            var known = _texts.TryGetValue(text, out var before);
            held = before.Held;
            if (known && time.GetElapsedTime(before.Logged) < Pause)
            {
                _texts[text] = (before.Logged, held + 1);
                return;
            }
            if (_texts.Count >= MostTexts)
                _texts.Clear();
            _texts[text] = (time.GetTimestamp(), 0);
        }
        if (held == 0)
            logger.LogWarning("{Warning}", text);
        else
            logger.LogWarning("{Warning} ({Count} times since the last of these lines)", text, held);
    }
}
