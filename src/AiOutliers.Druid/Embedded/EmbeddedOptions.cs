using AiOutliers.Druid.Budgets;

namespace AiOutliers.Druid.Embedded;

/// <summary>Options of <see cref="EmbeddedEngine"/>.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>How many queries run at once; each takes a thread.</summary>
    public Budget Queries { get; init; } = new("embedded-queries", Math.Max(2, Environment.ProcessorCount));

    /// <summary>The most time that a query may ask for by <c>context.timeout</c>.</summary>
    public TimeSpan LongestQuery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What all data sources and running queries may take of memory.</summary>
    public int MemoryMegabytes { get; init; } = 2048;

    /// <summary>What queries that do not fit into memory may write to disk, all together.</summary>
    public int TemporaryMegabytes { get; init; } = 1024;

    /// <summary>Where they write it; a folder of the engine's own is made there.</summary>
    public string TemporaryPath { get; init; } = Path.Combine(Path.GetTempPath(), "rb-aioutliers-" + Environment.UserName);
}
