using System.Diagnostics;
using System.Globalization;
using AiOutliers.Detection.Attribution;
using AiOutliers.Detection.Tests.Attribution;
using AiOutliers.Samples.FlowCells;

namespace AiOutliers.Benchmarks.Causes;

/// <summary>How long a search takes, from cells to elements, in processor time: it uses one core.</summary>
internal static class SearchTimes
{
    private const int Repeats = 15;

    /// <summary>A service that runs for a minute has its code compiled: the first calls, which are not counted, are told apart.</summary>
    private const int Before = 30;

    public static void PrintDense()
    {
        var cells = Dense();
        Print("48,000 dense cells x 31 cuboids (bar 50 ms)", cells, new() { Regime = AttributionRegime.Dense });
        Print("the same, the regime chosen by itself", cells, new());
    }

    public static void PrintFlows(int seed)
    {
        foreach (var kind in new[] { FlowCaseKind.Scan, FlowCaseKind.Two, FlowCaseKind.Spread })
        {
            var cells = JudgedCase.Cells(FlowCase.Of(kind, seed));
            Print($"{cells.Rows:N0} flow cells x 63 cuboids, {kind} (bar 150 ms)", cells, new() { MostLayers = 3 });
        }
    }

    private static void Print(string name, CellTable cells, AttributionOptions options)
    {
        var times = new double[Repeats];
        using var process = Process.GetCurrentProcess();
        var elements = 0;
        var first = 0.0;
        for (var repeat = -Before; repeat < Repeats; repeat++)
        {
            var before = process.TotalProcessorTime;
            elements = Attributor.Attribute(cells, options).Elements.Count;
            process.Refresh();
            var took = (process.TotalProcessorTime - before).TotalMilliseconds;
            first = repeat == -Before ? took : first;
            if (repeat >= 0)
                times[repeat] = took;
        }
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: median {times[Repeats / 2]:0} ms, best {times[0]:0} ms, the first call {first:0} ms, {elements} elements"));
    }

    private static CellTable Dense()
    {
        int[] sizes = [10, 12, 10, 8, 5];
        var (random, at) = (new Random(1), new int[sizes.Length]);
        var builder = new CellTableBuilder(["a", "b", "c", "d", "e"]);
        for (var cell = 0; cell < 48_000; cell++)
        {
            var rest = cell;
            for (var dimension = 0; dimension < sizes.Length; rest /= sizes[dimension++])
                at[dimension] = rest % sizes[dimension];
            var expected = random.LogNormal(5, 1);
            var actual = expected * (at[0] == 3 && at[1] == 7 || at[2] == 4 && at[3] == 1 ? 0.5 : 1) * random.LogNormal(0, 0.08);
            builder.Add([.. at.Select(static value => value.ToString("D2", CultureInfo.InvariantCulture))], actual, expected);
        }
        return builder.Build();
    }
}
