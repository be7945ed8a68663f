using System.Globalization;
using AiOutliers.Detection.Evaluation;
using AiOutliers.Detection.Incidents;

namespace AiOutliers.Benchmarks.RealData;

/// <summary>What a window that moves over one series said.</summary>
/// <param name="Days">Over which it moved.</param>
/// <param name="Rows">That it judged, from the first "now" on.</param>
/// <param name="EverFlagged">Rows of these that some window flagged.</param>
/// <param name="Changed">For each delay, rows whose verdict was another at some time after it.</param>
/// <param name="ChangedOrdinary">Those of them that are not odd.</param>
/// <param name="Episodes">Stretches of rows that some window flagged, at most half an hour between them, none of them odd.</param>
internal sealed record LiveTally(
    double Days, int Rows, int EverFlagged, int[] Changed, int[] ChangedOrdinary, IReadOnlyList<string> Episodes)
{
    public static LiveTally Of(RealSeries series, int window, int hop, int[] delays)
    {
        var points = series.Values.Length;
        var ever = new bool[points];
        var last = new bool[points];
        var when = new int[points];
        var alarms = new AlarmClasses[points];
        // For each delay the verdict at that age, and whether a later one differs.
        var settled = delays.Select(_ => new bool[points]).ToArray();
        var changed = delays.Select(_ => new bool[points]).ToArray();
        var known = delays.Select(_ => new bool[points]).ToArray();
        for (var now = window; now <= points; now += hop)
        {
            if (double.IsNaN(series.Values[now - 1]))
                continue;
            var raised = series.Alarms(now - window, now);
            for (var point = window; point < now; point++)
            {
                var flag = raised[point - (now - window)] != AlarmClasses.None;
                alarms[point] |= raised[point - (now - window)];
                if (flag && !ever[point])
                    when[point] = now;
                ever[point] |= flag;
                last[point] = flag;
                for (var d = 0; d < delays.Length; d++)
                {
                    if (now - 1 - point < delays[d])
                        continue;
                    if (!known[d][point])
                        (known[d][point], settled[d][point]) = (true, flag);
                    changed[d][point] |= flag != settled[d][point];
                }
            }
            // Rows before the first "now" count for false episodes when they are flagged only later.
            for (var point = now - window; point < Math.Min(window, now); point++)
            {
                alarms[point] |= raised[point - (now - window)];
                if (raised[point - (now - window)] != AlarmClasses.None && !ever[point])
                    (ever[point], when[point]) = (true, now);
            }
        }
        return new(
            (points - window) * series.Step.TotalDays, points - window, ever.AsSpan(window).Count(true),
            [.. changed.Select(rows => rows.AsSpan(window).Count(true))],
            [.. changed.Select(rows => rows.Index().Count(row => row.Item && row.Index >= window && !series.Odd[row.Index]))],
            FalseEpisodes(series, ever, last, when, alarms));
    }

    private static List<string> FalseEpisodes(RealSeries series, bool[] ever, bool[] last, int[] when, AlarmClasses[] alarms)
    {
        var found = new List<string>();
        foreach (var run in RowRange.Of(ever, series.Tolerance))
        {
            var (from, end) = (Math.Max(0, run.Start - series.Tolerance), Math.Min(ever.Length, run.End + series.Tolerance + 1));
            if (series.Odd.AsSpan(from, end - from).Contains(true))
                continue;
            var first = series.Start + run.Start * series.Step;
            var seen = series.Start + when[run.Start..(run.End + 1)].Where(static now => now > 0).Min() * series.Step;
            var classes = alarms[run.Start..(run.End + 1)].Aggregate(static (all, alarm) => all | alarm);
            var stays = last.AsSpan(run.Start, run.Length).Count(true);
            found.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{series.Name} {first:MM-dd ddd HH:mm}, {run.Length} rows ({classes}), seen after {(seen - first).TotalHours:F1} h, "
                + $"{stays} flagged at the end"));
        }
        return found;
    }
}
