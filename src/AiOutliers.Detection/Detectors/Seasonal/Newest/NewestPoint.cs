using AiOutliers.Detection.Numerics;

namespace AiOutliers.Detection.Detectors.Seasonal.Newest;

/// <summary>
/// How near the newest point of a series is to an alarm of <see cref="SeasonalScanDetector"/>, in a fiftieth of the time of a judgement:
/// the detector's own statistics for that point alone, with scales and thresholds of an earlier judgement. It is not a verdict. May be
/// called from many threads at once.
/// </summary>
public sealed class NewestPoint
{
    /// <summary>The shift alarm works on half hours.</summary>
    private const int HalfHours = 48;

    private const int LeastDays = 4;

    /// <summary>Ten times as often as the alarm.</summary>
    private const double ChanceOfZeros = 0.1;

    private readonly SeasonalScanOptions _options;

    internal NewestPoint(SeasonalScanOptions options) => _options = options;

    /// <summary>Learns from all values.</summary>
    /// <param name="values">The last of them is the newest; NaN where missing.</param>
    /// <param name="pointsPerDay">How many a day has.</param>
    /// <param name="end">The end of the newest, in milliseconds since 1970.</param>
    /// <returns>Nothing where the values are too few, or a day is not a multiple of half hours.</returns>
    public NewestMemory Learn(ReadOnlySpan<double> values, int pointsPerDay, long end)
    {
        if (!TryDays(values, pointsPerDay, out var days))
            return default;
        using var memory = new PooledBuffer(32 * days.Length + 4096);
        var scratch = new Scratch(memory.Span);
        var x = Filled(days, ref scratch);
        return NewestLearning.Of(x, pointsPerDay, Local(end), _options.Sensitivity, scratch);
    }

    /// <param name="values">The last of them is the newest; NaN where missing.</param>
    /// <param name="pointsPerDay">How many a day has.</param>
    /// <param name="end">The end of the newest, in milliseconds since 1970.</param>
    /// <param name="learned">What was learned of the series within the last days.</param>
    /// <param name="closely">
    /// Whether to look at changes of level, too, and at what lasts where the newest point alone is ordinary, as it is after a flood. Else
    /// that is done once in a half hour: levels change slowly.
    /// </param>
    public AlarmDistance Distance(
        ReadOnlySpan<double> values, int pointsPerDay, long end, in NewestMemory learned, bool closely = true)
    {
        if (!learned.IsLearned || !TryDays(values, pointsPerDay, out var days))
            return AlarmDistance.Unknown;
        using var memory = new PooledBuffer(8 * days.Length + 4096);
        var scratch = new Scratch(memory.Span);
        var views = new NewestViews(Filled(days, ref scratch), pointsPerDay, learned.Unit, ref scratch);
        closely |= NewestLevel.IsNew(pointsPerDay, Local(end));
        return NewestScan.Of(views, learned, Local(end), closely, scratch) with
        {
            Outage = IsOutage(days) ? 1 : 0,
            Level = closely ? NewestLevel.Of(values, pointsPerDay, Local(end), _options) : 0,
        };
    }

    private long Local(long end) =>
        end + (long)_options.TimeZone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(end)).TotalMilliseconds;

    /// <summary>The last whole days.</summary>
    private static bool TryDays(ReadOnlySpan<double> values, int pointsPerDay, out ReadOnlySpan<double> days)
    {
        var count = pointsPerDay > 0 && pointsPerDay % HalfHours == 0 ? values.Length / pointsPerDay : 0;
        days = count > 0 ? values[^(count * pointsPerDay)..] : [];
        return count >= LeastDays && (double.IsFinite(Sums.Of(days)) || 2 * MissingValues.Count(days) > days.Length);
    }

    private static ReadOnlySpan<double> Filled(ReadOnlySpan<double> values, scoped ref Scratch scratch)
    {
        if (double.IsFinite(Sums.Of(values)))
            return values;
        var filled = scratch.Take(values.Length);
        MissingValues.Fill(values, filled);
        return filled;
    }

    /// <summary>Whether the newest values are zeros, more of them than there are by chance.</summary>
    private static bool IsOutage(ReadOnlySpan<double> values)
    {
        var run = 0;
        while (run < values.Length && values[^(run + 1)] == 0)
            run++;
        if (run == 0)
            return false;
        var zeros = 0;
        foreach (var value in values)
            zeros += value == 0 ? 1 : 0;
        return values.Length * Math.Pow((zeros - run + 0.5) / values.Length, run) < ChanceOfZeros;
    }
}
