using System.Globalization;

namespace AiOutliers.Benchmarks.Causes;

/// <summary>How well and how fast causes are found, with the bars.</summary>
internal static class CausesBench
{
    private static readonly string[] Rows = ["flows", "tables", "dense", "cells", "embedded"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["wide", var path, var clients])
        {
            WideFile.Write(path, clients);
            return 0;
        }
        var (seed, seeds) = (Option(arguments, "--seed", 1000), Option(arguments, "--seeds", 6));
        var named = Rows.Where(arguments.Contains).ToArray();
        foreach (var row in named.Length == 0 ? Rows : named)
        {
            switch (row)
            {
                case "flows": FlowCases.Print(seed, seeds, arguments.Contains("--misses")); break;
                case "tables": DenseCases.Print(seed, Option(arguments, "--tables", 200), arguments.Contains("--misses")); break;
                case "dense": SearchTimes.PrintDense(); break;
                case "cells": SearchTimes.PrintFlows(seed); break;
                default: await EmbeddedCauses.PrintAsync(seed); break;
            }
        }
        return 0;
    }

    private static int Option(string[] arguments, string name, int otherwise) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length
            ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
            : otherwise;
}
