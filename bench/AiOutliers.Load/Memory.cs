using System.Globalization;

namespace AiOutliers.Load;

/// <summary>What a process takes of the memory.</summary>
internal static class Memory
{
    /// <summary>The process' share of the memory in use, in MB (smaps_rollup gives kB).</summary>
    public static int PssOf(int processId) => File.ReadLines($"/proc/{processId}/smaps_rollup")
        .Where(static line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Select(static line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1000)
        .Single();
}
