using System.Globalization;

namespace AiOutliers.Benchmarks.Monitors;

/// <summary>
/// Runs by the state of entities against judgements of the whole history at the same moment. What is near to an alarm was chosen on seeds
/// below 100.
/// </summary>
internal static class Equality
{
    public static int Run(int firstSeed, int entities, int days)
    {
        var all = new EqualityTally[entities];
        Parallel.For(0, entities, i => all[i] = EqualityTally.Of(firstSeed + i, days));
        foreach (var group in all.GroupBy(static one => one.Type).OrderBy(static group => group.Key))
            Print(group.Key.ToString(), [.. group]);
        foreach (var difference in all.SelectMany(static one => one.Differences))
            Console.WriteLine(difference);
        Print("all", all);
        return 0;
    }

    private static void Print(string name, EqualityTally[] some)
    {
        var (rows, incidents) = (some.Sum(static one => one.Rows), some.Sum(static one => one.Incidents));
        var (other, same) = (some.Sum(static one => one.OtherRows), some.Sum(static one => one.SameIncidents));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-12} {some.Length,4} entities: rows alike {100.0 * (rows - other) / rows:0.000} % ({other} others); "
            + $"incidents alike {100.0 * same / Math.Max(1, incidents):0.00} % ({same} of {incidents}), "
            + $"{some.Sum(static one => one.Extra)} others; "
            + $"judged whole {100.0 * some.Sum(static one => one.Whole) / rows:0.00} %"));
    }
}
