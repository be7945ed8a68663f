using System.Globalization;
using AiOutliers.Tests.Shared;

namespace AiOutliers.Load.Hostile.VersionTwo;

/// <summary>What the service's memory is made of after so many requests, and what may explain its growth.</summary>
/// <param name="Requests">Answered so far.</param>
/// <param name="Kinds">Its memory by kind, in MB.</param>
/// <param name="Methods">Compiled so far: what the tiers compile again counts again.</param>
/// <param name="Used">What the collector's last look found in use, in MB.</param>
internal sealed record MemorySample(int Requests, MemoryKinds Kinds, double Methods, double Used)
{
    public static async Task<MemorySample> TakeAsync(ServiceProcess service, int requests)
    {
        var metrics = (await service.Client.GetStringAsync("/metrics")).Split('\n');
        return new(
            requests, MemoryKinds.Of(service.Id), Sum(metrics, "dotnet_jit_compiled_methods_total"),
            Sum(metrics, "dotnet_gc_last_collection_heap_size_bytes") / 1e6);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"after {Requests:N0}: {Kinds}; {Methods:N0} methods compiled, {Used:0} MB managed in use");

    private static double Sum(string[] metrics, string name) => metrics
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(static line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
}
