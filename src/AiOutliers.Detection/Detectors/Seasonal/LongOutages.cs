using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Detectors.Seasonal;

/// <summary>
/// Outages so long that they would move the medians around them. They are left out as if they were missing, so that no neighbour is flagged
/// for them. They are judged afterwards, by their distance from the usual alone. Their scores are those of the longest window that fits
/// into them.
/// </summary>
internal sealed class LongOutages
{
    /// <summary>A median over windows of this many points, or of a season where that is shorter, is moved by a quarter of them.</summary>
    private const int Window = LocalChannel.Width;

    private const int Quarter = 4;

    private readonly IReadOnlyList<(int Start, int End)> _runs;

    private LongOutages(IReadOnlyList<(int Start, int End)> runs, IReadOnlyList<(int Start, int End)> others)
    {
        _runs = runs;
        Others = others;
    }

    public bool AreNone => _runs.Count == 0;

    /// <summary>The shorter ones, as runs of what is left.</summary>
    public IReadOnlyList<(int Start, int End)> Others { get; }

    /// <param name="zeroRuns">Runs of known values, in order.</param>
    /// <param name="known">How many values are known.</param>
    /// <param name="period">P; 0 when there is none.</param>
    public static LongOutages Of(IReadOnlyList<(int Start, int End)> zeroRuns, int known, int period)
    {
        var minimum = Math.Max(2, (period > 0 ? Math.Min(period, Window) : Window) / Quarter);
        var (runs, others, left) = (new List<(int, int)>(), new List<(int, int)>(), 0);
        foreach (var (start, end) in zeroRuns)
        {
            if (end - start >= minimum && known - left - (end - start) >= SeasonalScan.LeastPoints)
            {
                runs.Add((start, end));
                left += end - start;
            }
            else
            {
                others.Add((start - left, end - left));
            }
        }
        return new(runs, others);
    }

    /// <summary>The values with NaN in their places.</summary>
    public void LeaveOut(ReadOnlySpan<double> values, int[] known, Span<double> rest)
    {
        values.CopyTo(rest);
        foreach (var (start, end) in _runs)
        {
            for (var place = start; place < end; place++)
                rest[known[place]] = double.NaN;
        }
    }

    /// <summary>The verdict on the rest, with theirs in its place.</summary>
    /// <param name="rest">What is left, judged.</param>
    /// <param name="series">The whole series.</param>
    /// <param name="channels">Of the rest: the usual in the outages' places.</param>
    /// <param name="classes">The alarms wanted.</param>
    public SeasonalScanResult Insert(SeasonalScanResult rest, ScannedSeries series, Channels channels, AlarmClasses classes)
    {
        var n = series.Known.Length;
        var merged = rest with
        {
            Known = series.Known,
            Range = new double[n],
            Point = new double[n],
            Wide = new double[n],
            Sustained = rest.Sustained.Length > 0 ? new double[n] : [],
            Deviation = new double[n],
            SharpEnergy = new double[n],
            Alarms = new AlarmClasses[n],
        };
        var (from, left) = (0, 0);
        foreach (var (start, end) in _runs)
        {
            Copy(rest, from - left, merged, from, start - from);
            Judge(merged, start, end, series, channels, rest, classes);
            left += end - start;
            from = end;
        }
        Copy(rest, from - left, merged, from, n - from);
        return merged;
    }

    private static void Copy(SeasonalScanResult rest, int at, SeasonalScanResult merged, int to, int length)
    {
        rest.Range.AsSpan(at, length).CopyTo(merged.Range.AsSpan(to));
        rest.Point.AsSpan(at, length).CopyTo(merged.Point.AsSpan(to));
        rest.Wide.AsSpan(at, length).CopyTo(merged.Wide.AsSpan(to));
        if (rest.Sustained.Length > 0)
            rest.Sustained.AsSpan(at, length).CopyTo(merged.Sustained.AsSpan(to));
        rest.Deviation.AsSpan(at, length).CopyTo(merged.Deviation.AsSpan(to));
        rest.SharpEnergy.AsSpan(at, length).CopyTo(merged.SharpEnergy.AsSpan(to));
        rest.Alarms.AsSpan(at, length).CopyTo(merged.Alarms.AsSpan(to));
    }

    private static void Judge(
        SeasonalScanResult merged, int start, int end, ScannedSeries series,
        Channels channels, SeasonalScanResult rest, AlarmClasses classes)
    {
        var energy = 0.0;
        for (var i = start; i < end; i++)
        {
            var point = series.Known[i];
            merged.Deviation[i] = (series.T[i] - channels.Baseline[point]) / channels.Scale[point];
            merged.SharpEnergy[i] = merged.Deviation[i] * merged.Deviation[i];
            energy += merged.SharpEnergy[i] / (end - start);
        }
        var (known, length) = (rest.Known.Length, end - start);
        var sharp = Scores.OfWindow(energy, Math.Min(length, Scores.LongestSharp(known)), Scores.PointAlpha);
        var wide = Scores.OfWindow(energy / 2, Math.Min(length, Scores.LongestWide(known)), Scores.WideAlpha);
        merged.Point.AsSpan(start, length).Fill(sharp);
        merged.Wide.AsSpan(start, length).Fill(wide);
        merged.Range.AsSpan(start, length).Fill(Scores.Range(sharp, wide, rest.Pedestal));
        if (merged.Sustained.Length > 0)
        {
            merged.Sustained.AsSpan(start, length)
                .Fill(Scores.OfWindow(energy, Math.Min(length, Scores.LongestWide(known)), Scores.WideAlpha));
        }
        if (classes.HasFlag(AlarmClasses.Outage))
            Verdict.Mark(merged.Alarms.AsSpan(start, length), AlarmClasses.Outage);
        if (rest.SharpThreshold > 0 && sharp > rest.SharpThreshold)
            Verdict.Mark(merged.Alarms.AsSpan(start, length), AlarmClasses.Sharp);
    }
}
