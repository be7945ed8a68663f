using System.Globalization;
using AiOutliers.Detection.Attribution;

namespace AiOutliers.Benchmarks.Causes;

/// <summary>How many of the causes of dense tables are named, each by exactly its values.</summary>
internal static class DenseCases
{
    public static void Print(int seed, int seeds, bool misses)
    {
        foreach (var set in DenseSet.All)
        {
            var (named, wrong, missed, exact) = (0, 0, 0, 0);
            for (var at = seed; at < seed + seeds; at++)
            {
                var one = DenseCase.Of(set, at);
                // Every cause counts, however small.
                var result = Attributor.Attribute(one.Cells(), new() { LeastShare = 0 });
                var found = result.Elements.Select(element => Text(one.ElementOf(element.Where))).ToHashSet();
                var truth = one.Truth.Select(Text).ToHashSet();
                var both = found.Intersect(truth).Count();
                (named, wrong, missed) = (named + both, wrong + found.Count - both, missed + truth.Count - both);
                exact += found.SetEquals(truth) ? 1 : 0;
                if (misses && !found.SetEquals(truth))
                {
                    Console.WriteLine($"  {set.Name} {at}: {result.Regime}, {result.Verdict}, outside {result.OutsideShare:0.00}, "
                        + $"missed {string.Join(" ", truth.Except(found))}, wrong {string.Join(" ", found.Except(truth))}");
                }
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{set.Name} (bar F1 .92): F1 {2.0 * named / (2 * named + wrong + missed):0.000}, ")
                + $"{named} named, {wrong} wrong, {missed} missed, {exact} of {seeds} tables exact");
        }
    }

    private static string Text(int[] element) =>
        string.Join(',', element.Select(static value => value < 0 ? "*" : value.ToString(CultureInfo.InvariantCulture)));
}
