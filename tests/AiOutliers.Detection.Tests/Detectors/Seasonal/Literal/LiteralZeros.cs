using AiOutliers.Detection.Incidents;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>Runs of zeros: "Long outages" in section 3 and `outage` in section 5 of docs/detectors/seasonal-scan-algorithm.md.</summary>
internal static class LiteralZeros
{
    /// <summary>The runs of zeros that are outages.</summary>
    /// <param name="x">The known values.</param>
    /// <param name="places">Their points.</param>
    /// <param name="day">The points of a day, or P; 0 none.</param>
    public static (int Start, int End)[] Outages(double[] x, int[] places, int day)
    {
        var m = x.Length;
        if (x.Min() < 0 || 2 * x.Count(static value => value == 0) >= m)
            return [];
        var parts = day > 0 && places[^1] - places[0] >= 3 * day ? Math.Min(day, 24) : 1;
        int PartOf(int i) => parts == 1 ? 0 : places[i] % day * parts / day;
        bool IsOutage((int Start, int End) run)
        {
            var chance = (double)m;
            for (var i = run.Start; i < run.End; i++)
            {
                var elsewhere = Enumerable.Range(0, m).Where(j => PartOf(j) == PartOf(i) && (j < run.Start || j >= run.End)).ToArray();
                chance *= (elsewhere.Count(j => x[j] == 0) + 0.5) / (elsewhere.Length + 1);
            }
            return chance < 0.01;
        }
        return [.. LiteralNumbers.Runs(x.Select(static value => value == 0)).Where(IsOutage)];
    }

    /// <summary>Those that would move the medians around them.</summary>
    public static (int Start, int End)[] Long((int Start, int End)[] outages, int m, int period)
    {
        var least = Math.Max(2, (period > 0 ? Math.Min(period, 121) : 121) / 4);
        var found = new List<(int Start, int End)>();
        foreach (var run in outages)
        {
            var left = m - found.Sum(static other => other.End - other.Start) - (run.End - run.Start);
            if (run.End - run.Start >= least && left >= 8)
                found.Add(run);
        }
        return [.. found];
    }

    /// <summary>The verdict on the rest, with that on the long ones in its place.</summary>
    /// <param name="rest">Of what is left.</param>
    /// <param name="places">The points of all known values.</param>
    /// <param name="x">All known values.</param>
    /// <param name="left">The runs that are left out.</param>
    public static LiteralScan Inserted(LiteralScan rest, int[] places, double[] x, (int Start, int End)[] left)
    {
        var run = places.Select((_, i) => left.FirstOrDefault(run => run.Start <= i && i < run.End)).ToArray();
        var (m, at) = (rest.Places.Length, rest.Places.Index().ToDictionary(static place => place.Item, static place => place.Index));
        var z = places.Select((p, i) => (rest.Transform.To(x[i]) - rest.Season.Base[p]) / rest.Season.Scale[p]).ToArray();
        var mean = run.Select(run => z[run.Start..run.End].Select(static value => value * value).DefaultIfEmpty().Average()).ToArray();
        T[] Merged<T>(T[] others, Func<int, T> own) =>
            [.. places.Select((p, i) => at.TryGetValue(p, out var there) ? others[there] : own(i))];
        double Score(int i, double energy, int longest, double alpha) =>
            LiteralScores.OfWindow(energy, Math.Min(run[i].End - run[i].Start, longest), alpha);
        double Sharp(int i) => Score(i, mean[i], LiteralScores.LongestSharp(m), 0.4);
        AlarmClasses Alarms(int i) => AlarmClasses.Outage | (Sharp(i) > rest.Alarms.Sharp ? AlarmClasses.Sharp : AlarmClasses.None);
        return rest with
        {
            Places = places,
            Seasonal = Merged(rest.Seasonal, i => z[i]),
            Energy = Merged(rest.Energy, i => z[i] * z[i]),
            Point = Merged(rest.Point, Sharp),
            Wide = Merged(rest.Wide, i => Score(i, mean[i] / 2, LiteralScores.LongestWide(m), 0.5)),
            Sustained = m < 100 ? [] : Merged(rest.Sustained, i => Score(i, mean[i], LiteralScores.LongestWide(m), 0.5)),
            Alarms = rest.Alarms with { Marks = Merged(rest.Alarms.Marks, Alarms) },
        };
    }
}
