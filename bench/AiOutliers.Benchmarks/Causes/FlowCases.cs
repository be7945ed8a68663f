using System.Globalization;
using AiOutliers.Detection.Attribution;
using AiOutliers.Detection.Tests.Attribution;
using AiOutliers.Samples.FlowCells;

namespace AiOutliers.Benchmarks.Causes;

/// <summary>
/// Fifteen kinds of incidents in generated networks: whether the cause is named, on all cells and on those that Druid gives.
/// </summary>
internal static class FlowCases
{
    public static void Print(int seed, int seeds, bool misses)
    {
        var (full, pruned) = (new CauseTally(), new CauseTally());
        foreach (var kind in Enum.GetValues<FlowCaseKind>())
        {
            var (exact, exactPruned) = (0, 0);
            for (var at = seed; at < seed + seeds; at++)
            {
                var one = FlowCase.Of(kind, at);
                var result = JudgedCase.Of(one, Attributor.Attribute(JudgedCase.Cells(one), new() { MostLayers = 3 }));
                var few = JudgedCase.Of(one, PrunedCells.Attribute(one));
                full.Add(kind, result);
                pruned.Add(kind, few);
                exact += result.IsExact ? 1 : 0;
                exactPruned += few.IsExact ? 1 : 0;
                if (misses && !(result.IsExact && few.IsExact))
                    Tell(one, at, result, few);
            }
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{kind,-16} exact {exact} of {seeds}, pruned {exactPruned}"));
        }
        Console.WriteLine($"all cells (bar .94 exact, .84 outside): {full}");
        Console.WriteLine($"pruned, k = 3 (bar .92 exact):          {pruned}");
    }

    private static void Tell(FlowCase one, int seed, JudgedCase full, JudgedCase pruned)
    {
        Console.WriteLine($"  {seed}: was {string.Join("; ", one.Truth)}; all cells {Words(full)}; pruned {Words(pruned)}");

        static string Words(JudgedCase judged) => judged.IsExact ? "exact" : string.Create(CultureInfo.InvariantCulture,
            $"{judged.Result.Verdict}, outside {judged.Result.OutsideShare:0.00}: ")
            + string.Join("; ", judged.Result.Elements.Select(static own => string.Create(CultureInfo.InvariantCulture,
                $"{string.Join(", ", own.Where.Select(static part => $"{part.Dimension}={part.Value}"))} {own.Share:0.00}")));
    }
}
