using System.Diagnostics;
using System.Globalization;

namespace AiOutliers.Benchmarks.RealData;

/// <summary>
/// How <c>seasonal-scan</c> does on data as it is, one part after the other: <c>real [PART…] [--seed FIRST] [--series N]</c>. No
/// parameter was chosen on seeds from 1000 on.
/// </summary>
internal static class RealReport
{
    private static readonly Dictionary<string, Func<RealOptions, Task>> Parts = new()
    {
        ["cases"] = static options => Task.Run(() => CaseFiles.Print(options)),
        ["gaps"] = static options => Task.Run(() => GapCases.Print(options)),
        ["few"] = static options => Task.Run(() => FewRows.Print(options)),
        ["counts"] = static options => Task.Run(() => SmallCounts.Print(options)),
        ["levels"] = static options => Task.Run(() => LevelTable.Print(options)),
        ["operations"] = LabelledSets.PrintOperationsAsync,
        ["nab"] = LabelledSets.PrintNabAsync,
        ["live"] = static options => Task.Run(() => LiveRuns.Print(options)),
    };

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new RealOptions();
        var wanted = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--seed")
                options = options with { FirstSeed = int.Parse(arguments[++i], CultureInfo.InvariantCulture) };
            else if (arguments[i] == "--series")
                options = options with { Series = int.Parse(arguments[++i], CultureInfo.InvariantCulture) };
            else if (arguments[i] == "--details")
                options = options with { Details = true };
            else
                wanted.Add(arguments[i]);
        }
        foreach (var (name, print) in Parts)
        {
            if (wanted.Count > 0 && !wanted.Contains(name))
                continue;
            var start = Stopwatch.GetTimestamp();
            Console.WriteLine($"\n## {name}");
            await print(options);
            Console.WriteLine(FormattableString.Invariant($"({Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s)"));
        }
        return 0;
    }
}
