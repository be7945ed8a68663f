namespace AiOutliers.Monitoring.Runs;

/// <summary>Which parts of a stretch of time no run has judged.</summary>
internal static class RunWindows
{
    private const long Day = 86_400_000;

    /// <param name="whole">The stretch.</param>
    /// <param name="judged">The windows that were judged, in order of their begin.</param>
    /// <returns>In order, none longer than a day: as much as is worth judging at once.</returns>
    public static IEnumerable<Window> Open(Window whole, IEnumerable<StoredRun> judged)
    {
        var from = whole.From;
        foreach (var run in judged.Where(run => run.WindowTo > whole.From && run.WindowFrom < whole.To))
        {
            foreach (var part in Days(from, Math.Min(run.WindowFrom, whole.To)))
                yield return part;
            from = Math.Max(from, run.WindowTo);
        }
        foreach (var part in Days(from, whole.To))
            yield return part;
    }

    private static IEnumerable<Window> Days(long from, long to)
    {
        while (from < to)
        {
            var end = Math.Min(to, (from / Day + 1) * Day);
            yield return new(from, end);
            from = end;
        }
    }
}
