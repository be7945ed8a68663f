using AiOutliers.Detection.Incidents;
using static AiOutliers.Detection.Tests.Detectors.Seasonal.Literal.LiteralNumbers;

namespace AiOutliers.Detection.Tests.Detectors.Seasonal.Literal;

/// <summary>Section 5 of docs/detectors/seasonal-scan-algorithm.md, line by line.</summary>
/// <param name="Marks">One for each known value.</param>
/// <param name="Sharp">The threshold T.</param>
/// <param name="Sustained">The threshold T2; 0 below 100 values.</param>
internal sealed record LiteralAlarms(AlarmClasses[] Marks, double Sharp, double Sustained)
{
    /// <summary>c, T0, k2, T2 at quiet, low, normal, high.</summary>
    private static readonly double[][] Named = [[6, 8, 12, 15], [5, 6, 10, 12], [4, 6, 10, 12], [3.5, 5, 8, 10]];

    public static double[] Levels(double sensitivity, int hint)
    {
        var below = Math.Min(2, (int)(3 * sensitivity + 1e-9));
        var share = 3 * sensitivity - below;
        var levels = Named[below].Zip(Named[below + 1], (low, high) => low + share * (high - low)).ToArray();
        var steps = hint > 288 ? Math.Pow(hint / 288.0, 0.15) : hint >= 24 ? Math.Pow(hint / 288.0, 0.1) : 1;
        levels[0] *= hint is > 0 and <= 8 ? 0.6 : steps;
        levels[1] *= steps;
        return levels;
    }

    public static LiteralAlarms Of(double[] point, double[] energy, double[] sustained, double[] squares, bool[] outages, double[] levels)
    {
        var sharp = Math.Max(levels[1], levels[0] * Quantile(point, point.Length < 100 ? 0.5 : 0.75));
        var marks = outages.Select(static outage => outage ? AlarmClasses.Outage : AlarmClasses.None).ToArray();
        Mark(marks, AlarmClasses.Sharp, point, sharp, energy, 9);
        if (sustained.Length == 0)
            return new(marks, sharp, 0);
        var lasting = Math.Max(levels[3], Median(sustained) + levels[2] * Mad(sustained));
        Mark(marks, AlarmClasses.Sustained, sustained, lasting, squares, 4);
        return new(marks, sharp, lasting);
    }

    /// <summary>Runs above a threshold, from their first to their last value that is odd by itself; where none is, their highest.</summary>
    private static void Mark(AlarmClasses[] marks, AlarmClasses alarm, double[] score, double threshold, double[] energy, double odd)
    {
        foreach (var (start, end) in Runs(score.Select(value => value > threshold)))
        {
            var run = Enumerable.Range(start, end - start).ToArray();
            var kept = run.Where(i => energy[i] > odd).DefaultIfEmpty(run.MaxBy(i => score[i])).ToArray();
            for (var i = kept[0]; i <= kept[^1]; i++)
                marks[i] |= alarm;
        }
    }
}
